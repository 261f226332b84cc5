/**
 * Codahale's rates, kept up to date from one place: an update counts, and does not look at a clock.
 */
package dev.ss.bridge.internal.rate;
