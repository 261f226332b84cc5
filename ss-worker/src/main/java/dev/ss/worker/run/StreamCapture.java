package dev.ss.worker.run;

import dev.ss.job.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Reads a command's stream to its end, and keeps the beginning. The rest is read and discarded, so
 * that a command that writes too much does not block.
 */
final class StreamCapture {
  private static final int BUFFER_BYTES = 8192;

  private final InputStream stream;
  private final int limit;
  private final CountDownLatch ended = new CountDownLatch(1);
  private final ByteArrayOutputStream kept = new ByteArrayOutputStream();
  private long written;
  private boolean truncated;

  private StreamCapture(InputStream stream, int limit) {
    this.stream = stream;
    this.limit = limit;
  }

  /**
   * Starts reading.
   *
   * @param readers must have a thread for every stream that is open at the same time
   */
  static StreamCapture start(InputStream stream, int limit, Executor readers) {
    StreamCapture capture = new StreamCapture(stream, limit);
    readers.execute(capture::read);
    return capture;
  }

  /** Waits up to {@code time} for the end of the stream. Returns whether it has ended. */
  boolean endsWithin(Duration time) throws InterruptedException {
    return ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  /** What has been kept so far, with a note at its end if it was truncated. */
  Output output() {
    synchronized (kept) {
      byte[] bytes = kept.toByteArray();
      return new Output(truncated ? marked(bytes) : bytes, truncated, written);
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
    } finally {
      ended.countDown();
    }
  }

  private void keep(byte[] buffer, int length) {
    synchronized (kept) {
      int fits = Math.min(length, limit - kept.size());
      kept.write(buffer, 0, fits);
      written += length;
      truncated |= fits < length;
    }
  }
}
