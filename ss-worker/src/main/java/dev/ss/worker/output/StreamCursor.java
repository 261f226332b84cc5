package dev.ss.worker.output;

import dev.ss.job.CommandStream;
import dev.ss.store.LiveOutput.Chunk;
import dev.ss.store.LiveOutput.Discarded;
import dev.ss.worker.run.LiveStream;
import dev.ss.worker.run.LiveStream.Extent;
import dev.ss.worker.run.LiveStream.Part;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far a stream is stored, and what is to be stored next. A command that writes little at a time
 * leaves small chunks; {@link #merge} replaces them by one, so that a stream has few.
 */
final class StreamCursor {
  private static final int CHUNK_BYTES = 256 * 1024;
  private static final int MAX_CHUNKS_AT_ONCE = 4;
  private static final int MAX_SMALL_CHUNKS = 32;

  /** A stream with no more bytes than this is stored in the attempt's row, without chunks. */
  private static final int MAX_IN_ROW = 64 * 1024;

  private final LiveStream stream;
  private final List<Chunk> chunks = new ArrayList<>();
  private final List<Discarded> discarded = new ArrayList<>();

  /** The position after the last byte that is stored or about to be. */
  private long next;

  /** From this position on, every byte that is kept is stored, too. */
  private long wholeFrom;

  /** Where the chunk begins that {@link #merge} makes of the small ones. */
  private long windowStart;

  private int windowChunks;
  private int maxChunksAtOnce = MAX_CHUNKS_AT_ONCE;
  private boolean inChunks;

  StreamCursor(LiveStream stream) {
    this.stream = stream;
  }

  CommandStream stream() {
    return stream.stream();
  }

  boolean isInChunks() {
    return inChunks;
  }

  List<Chunk> chunks() {
    return List.copyOf(chunks);
  }

  List<Discarded> discarded() {
    return List.copyOf(discarded);
  }

  /** The chunks and what is discarded have been stored. */
  void stored() {
    inChunks |= !chunks.isEmpty();
    chunks.clear();
    discarded.clear();
  }

  /** Looks for what a running command has written, unless something is still to be stored. */
  void look() {
    Extent extent = stream.extent();
    if (hasNews() || next >= extent.written()) {
      return;
    }
    if (hasTail(extent)) {
      skip(extent);
      discarded.add(new Discarded(stream(), extent.headEnd(), extent.tailStart()));
    }
    add(extent);
  }

  /** Looks for what is left after the end of the command. */
  void end() {
    maxChunksAtOnce = 1; // submissions wait for each transaction, so the rest goes in small ones
    Extent extent = stream.extent();
    boolean fitsInRow = extent.kept() <= MAX_IN_ROW && !hasTail(extent);
    if (!inChunks && chunks.isEmpty() && fitsInRow) {
      next = extent.written();
    } else if (hasTail(extent)) {
      discardAtEnd(extent);
    }
    lookAfterEnd();
  }

  /** Discards what is no longer kept; all of the tail if a part of it was skipped. */
  private void discardAtEnd(Extent extent) {
    if (wholeFrom <= extent.tailStart()) {
      discarded.add(new Discarded(stream(), extent.headEnd(), extent.tailStart()));
      return;
    }
    chunks.clear();
    discarded.clear();
    discarded.add(new Discarded(stream(), extent.headEnd(), Long.MAX_VALUE));
    next = Math.min(next, extent.headEnd());
    restart(next);
  }

  /** Looks for more of what is left. */
  void lookAfterEnd() {
    if (chunks.isEmpty()) {
      add(stream.extent());
      if (chunks.isEmpty() && windowChunks > 1) {
        merge();
      }
    }
  }

  private boolean hasNews() {
    return !chunks.isEmpty() || !discarded.isEmpty();
  }

  private static boolean hasTail(Extent extent) {
    return extent.isTruncated() && extent.tailStart() < extent.written();
  }

  /** Skips what a fast command would overwrite before the worker has stored it. */
  private void skip(Extent extent) {
    long from =
        Math.max(extent.tailStart(), extent.written() - (long) CHUNK_BYTES * MAX_CHUNKS_AT_ONCE);
    if (next >= extent.headEnd() && from > next) {
      next = from;
      restart(from);
      wholeFrom = from;
    }
  }

  private void restart(long position) {
    windowStart = position;
    windowChunks = 0;
  }

  private void add(Extent extent) {
    if (windowChunks >= MAX_SMALL_CHUNKS) {
      merge();
    }
    while (chunks.size() < maxChunksAtOnce && next < extent.written()) {
      Optional<Part> part = read(next, (int) (windowStart + CHUNK_BYTES - next));
      if (part.isEmpty()) {
        return;
      }
      add(part.get());
    }
  }

  private void add(Part part) {
    if (part.position() != next) {
      restart(part.position());
    }
    chunks.add(new Chunk(stream(), part.position(), part.bytes()));
    next = part.end();
    windowChunks++;
    if (next - windowStart >= CHUNK_BYTES) {
      if (windowChunks > 1) {
        merge();
      }
      restart(next);
    }
  }

  /** Replaces the chunks of the window by one, if all of it is still kept. */
  private void merge() {
    long end = next;
    Optional<Part> whole = read(windowStart, (int) (end - windowStart));
    if (whole.isPresent() && whole.get().position() == windowStart && whole.get().end() == end) {
      chunks.removeIf(chunk -> chunk.position() >= windowStart);
      discarded.add(new Discarded(stream(), windowStart, end));
      chunks.add(new Chunk(stream(), windowStart, whole.get().bytes()));
      windowChunks = 1;
    } else {
      restart(end);
    }
  }

  private Optional<Part> read(long position, int max) {
    try {
      return stream.read(position, max);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
