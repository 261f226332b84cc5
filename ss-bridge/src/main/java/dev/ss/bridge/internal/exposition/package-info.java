/**
 * Writes a scrape as bytes. Our own families are written straight from their counts; the families
 * of collectors are written by the Java client.
 *
 * <p>{@link dev.ss.bridge.internal.exposition.EncodedFamily} and {@link
 * dev.ss.bridge.internal.exposition.EncodedSeries} hold the parts that do not change from one
 * scrape to the next.
 */
@NullMarked
package dev.ss.bridge.internal.exposition;

import org.jspecify.annotations.NullMarked;
