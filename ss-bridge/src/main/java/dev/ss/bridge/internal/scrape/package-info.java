/**
 * Answers requests for metrics: chooses the format, shares scrapes among equal requests, and sends
 * the answer.
 */
package dev.ss.bridge.internal.scrape;
