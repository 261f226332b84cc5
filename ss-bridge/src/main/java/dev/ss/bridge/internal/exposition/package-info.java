/**
 * A scrape as bytes, each of them as the Java client writes it, straight from what was counted:
 * {@link dev.ss.bridge.internal.exposition.EncodedFamily} and {@link
 * dev.ss.bridge.internal.exposition.EncodedSeries} are what does not change from one scrape to the
 * next.
 */
package dev.ss.bridge.internal.exposition;
