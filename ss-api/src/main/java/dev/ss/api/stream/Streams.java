package dev.ss.api.stream;

import dev.ss.job.CommandStream;
import dev.ss.store.Outputs;
import dev.ss.store.Outputs.Extent;
import dev.ss.store.Outputs.Selection;
import dev.ss.store.Outputs.Stored;
import dev.ss.store.Uploads;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Finds what can be sent of a job: its input, and what its command wrote. */
public final class Streams {
  private final Outputs outputs;
  private final Uploads uploads;

  public Streams(Outputs outputs, Uploads uploads) {
    this.outputs = outputs;
    this.uploads = uploads;
  }

  /**
   * What is stored of a stream.
   *
   * @param run the run that wrote it
   * @param truncated whether the command wrote more
   */
  public record Found(int run, int attempt, boolean truncated, Whole whole) {}

  /** A content that can be sent as a whole or in part. */
  public static final class Whole {
    private final List<StoredContent.Part> parts;

    private Whole(List<StoredContent.Part> parts) {
      this.parts = parts;
    }

    /** How many bytes it has. */
    public long length() {
      return StoredContent.lengthOf(parts);
    }

    /** The bytes from one position to before another. */
    public Content between(long from, long to) {
      return StoredContent.of(parts, from, to);
    }
  }

  /** Finds a stream; empty if the job has no such run. */
  public Optional<Found> output(UUID jobId, Selection selection, CommandStream stream) {
    return outputs
        .find(jobId, selection, stream)
        .map(
            stored ->
                new Found(
                    stored.run(),
                    stored.attempt(),
                    stored.truncated(),
                    new Whole(parts(jobId, stored, stream))));
  }

  private List<StoredContent.Part> parts(UUID jobId, Stored stored, CommandStream stream) {
    List<StoredContent.Part> parts = new ArrayList<>();
    stored.whole().map(StoredContent.Part::of).ifPresent(parts::add);
    long position = 0;
    for (Extent chunk : stored.chunks()) {
      if (chunk.position() > position && stream == CommandStream.LOG) {
        parts.add(StoredContent.Part.of(leftOut(chunk.position() - position)));
      }
      parts.add(
          new StoredContent.Part(
              chunk.length(), () -> read(jobId, stored.run(), stream, chunk.position())));
      position = chunk.end();
    }
    return parts;
  }

  private byte[] read(UUID jobId, int run, CommandStream stream, long position) {
    return outputs
        .chunkAfter(jobId, run, stream, position)
        .map(Outputs.Chunk::bytes)
        .orElse(new byte[0]);
  }

  /** Stands in a log for bytes that are not kept. */
  static byte[] leftOut(long bytes) {
    return "\n[SS left out %d bytes here]\n".formatted(bytes).getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Finds the input of a job; empty if it was never stored.
   *
   * @param size how many bytes it has; empty if nobody knows
   */
  public Optional<Whole> input(UUID jobId, Optional<Long> size) {
    return uploads
        .first(jobId)
        .map(first -> new Whole(inputParts(jobId, first, size.orElse((long) first.length))));
  }

  private List<StoredContent.Part> inputParts(UUID jobId, byte[] first, long size) {
    List<StoredContent.Part> parts = new ArrayList<>();
    parts.add(StoredContent.Part.of(first));
    for (long position = first.length; position < size; position += Uploads.PART_BYTES) {
      long begin = position;
      parts.add(
          new StoredContent.Part(
              Math.min(Uploads.PART_BYTES, size - begin),
              () -> uploads.part(jobId, begin).orElse(new byte[0])));
    }
    return parts;
  }
}
