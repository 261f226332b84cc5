/**
 * Serving {@code /metrics}: reading what may hang or throw without hanging or throwing, choosing
 * the format, and writing it.
 */
package dev.ss.bridge.internal.scrape;
