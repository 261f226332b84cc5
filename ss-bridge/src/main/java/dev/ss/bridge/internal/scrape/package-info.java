/**
 * Answers requests for metrics: chooses the format, shares scrapes among equal requests, and sends
 * the answer.
 */
@NullMarked
package dev.ss.bridge.internal.scrape;

import org.jspecify.annotations.NullMarked;
