/**
 * Answers requests for metrics: chooses the format, lets requests for the same share a scrape, and
 * sends it.
 */
package dev.ss.bridge.internal.scrape;
