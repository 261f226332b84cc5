/** Clients of an API: for proper HTTP, for any bytes, and for jobs. */
package dev.ss.testkit.client;
