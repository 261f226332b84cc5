/** A running API, ways to talk to it, and ways to look at what it did. */
package dev.ss.api.support;
