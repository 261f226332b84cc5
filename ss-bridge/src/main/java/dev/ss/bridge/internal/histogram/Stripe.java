package dev.ss.bridge.internal.histogram;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The cells that some of the threads count in. They are divided into chunks, which are allocated
 * when a value first falls into them. A chunk also holds the sum of its values as an unsigned
 * number, and how often that has passed 2<sup>64</sup>. The sum lies next to the counts, so that it
 * is likely to be in the processor's cache. Thread-safe.
 */
final class Stripe {
  private static final VarHandle ELEMENT = MethodHandles.arrayElementVarHandle(long[].class);
  private static final int CHUNK_BITS = 4;
  private static final int CHUNK_CELLS = 1 << CHUNK_BITS;
  private static final int SUM = CHUNK_CELLS;
  private static final int CARRIES = SUM + 1;
  private static final int CHUNK_LENGTH = CARRIES + 1;

  private final AtomicReferenceArray<long @Nullable []> chunks;

  Stripe(int cells) {
    chunks = new AtomicReferenceArray<>((cells + CHUNK_CELLS - 1) >> CHUNK_BITS);
  }

  /**
   * Counts the value, unless another thread is adding to the chunk at the same moment.
   *
   * @return whether the value was counted
   */
  boolean tryAdd(int cell, long value) {
    long[] chunk = chunk(cell);
    // The sum first: all values of the chunk share it, so threads are most likely to collide here.
    long sum = (long) ELEMENT.getOpaque(chunk, SUM);
    if (!ELEMENT.compareAndSet(chunk, SUM, sum, sum + value)) {
      return false;
    }
    carry(chunk, sum, value);
    ELEMENT.getAndAdd(chunk, cell & (CHUNK_CELLS - 1), 1L);
    return true;
  }

  /** Counts the value, even if other threads collide. */
  void add(int cell, long value) {
    long[] chunk = chunk(cell);
    carry(chunk, (long) ELEMENT.getAndAdd(chunk, SUM, value), value);
    ELEMENT.getAndAdd(chunk, cell & (CHUNK_CELLS - 1), 1L);
  }

  private static void carry(long[] chunk, long sum, long value) {
    if (Long.compareUnsigned(sum + value, sum) < 0) {
      ELEMENT.getAndAdd(chunk, CARRIES, 1L);
    }
  }

  private long[] chunk(int cell) {
    long[] chunk = chunks.get(cell >> CHUNK_BITS);
    return chunk == null ? create(cell >> CHUNK_BITS) : chunk;
  }

  private long[] create(int index) {
    long[] created = new long[CHUNK_LENGTH];
    long @Nullable [] other = chunks.compareAndExchange(index, null, created);
    return other == null ? created : other;
  }

  void read(Cells.Counts counts) {
    for (int i = 0; i < chunks.length(); i++) {
      long[] chunk = chunks.get(i);
      for (int cell = 0; chunk != null && cell < CHUNK_CELLS; cell++) {
        long count = (long) ELEMENT.getOpaque(chunk, cell);
        if (count > 0) {
          counts.add((i << CHUNK_BITS) + cell, count);
        }
      }
    }
  }

  long count() {
    long count = 0;
    for (int i = 0; i < chunks.length(); i++) {
      long[] chunk = chunks.get(i);
      for (int cell = 0; chunk != null && cell < CHUNK_CELLS; cell++) {
        count += (long) ELEMENT.getOpaque(chunk, cell);
      }
    }
    return count;
  }

  void addSumTo(WideSum sum) {
    for (int i = 0; i < chunks.length(); i++) {
      long[] chunk = chunks.get(i);
      if (chunk != null) {
        sum.add((long) ELEMENT.getOpaque(chunk, SUM), (long) ELEMENT.getOpaque(chunk, CARRIES));
      }
    }
  }
}
