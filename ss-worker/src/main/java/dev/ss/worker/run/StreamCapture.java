package dev.ss.worker.run;

import dev.ss.job.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * Reads a command's stream to its end on a thread of its own, and keeps the beginning. The rest is
 * read too, so that a command that writes too much is not blocked.
 */
final class StreamCapture {
  private static final int BUFFER_BYTES = 8192;

  private final InputStream stream;
  private final int limit;
  private final Thread reader;
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private boolean truncated;

  private StreamCapture(InputStream stream, int limit, String name) {
    this.stream = stream;
    this.limit = limit;
    this.reader = new Thread(this::read, name);
  }

  static StreamCapture start(InputStream stream, int limit, String name) {
    StreamCapture capture = new StreamCapture(stream, limit, name);
    capture.reader.setDaemon(true);
    capture.reader.start();
    return capture;
  }

  /** Whether the stream has ended by then: nobody can write to it any more. */
  boolean endsWithin(Duration time) throws InterruptedException {
    reader.join(Math.max(1, time.toMillis()));
    return !reader.isAlive();
  }

  /** What has been written so far, with a mark where it was cut. */
  Output output() {
    synchronized (kept) {
      byte[] bytes = kept.toByteArray();
      return truncated ? new Output(marked(bytes), true) : new Output(bytes, false);
    }
  }

  private byte[] marked(byte[] bytes) {
    byte[] mark =
        "\n[cut by SS after %d bytes]\n".formatted(limit).getBytes(StandardCharsets.UTF_8);
    byte[] marked = new byte[bytes.length + mark.length];
    System.arraycopy(bytes, 0, marked, 0, bytes.length);
    System.arraycopy(mark, 0, marked, bytes.length, mark.length);
    return marked;
  }

  private void read() {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (stream) {
      for (int n = stream.read(buffer); n >= 0; n = stream.read(buffer)) {
        keep(buffer, n);
      }
    } catch (IOException closed) {
      // The process is gone; what it wrote before is kept.
    }
  }

  private void keep(byte[] buffer, int length) {
    synchronized (kept) {
      int fits = Math.min(length, limit - kept.size());
      kept.write(buffer, 0, fits);
      truncated |= fits < length;
    }
  }
}
