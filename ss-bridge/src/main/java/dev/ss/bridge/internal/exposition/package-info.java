/**
 * A scrape as bytes, straight from what was counted: those that the Java client writes, and in
 * protobuf since when each histogram counts.
 *
 * <p>{@link dev.ss.bridge.internal.exposition.EncodedFamily} and {@link
 * dev.ss.bridge.internal.exposition.EncodedSeries} are what does not change from one scrape to the
 * next.
 */
package dev.ss.bridge.internal.exposition;
