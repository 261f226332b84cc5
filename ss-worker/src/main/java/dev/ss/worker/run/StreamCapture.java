package dev.ss.worker.run;

import dev.ss.job.CommandStream;
import dev.ss.job.Output;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a command's stream to its end, and keeps some of it: the beginning of an output, the
 * beginning and the end of a log. The rest is read and discarded, so that a command that writes too
 * much does not block.
 */
final class StreamCapture implements LiveStream, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamCapture.class);
  private static final int BUFFER_BYTES = 16 * 1024;

  private final CommandStream which;
  private final InputStream stream;
  private final KeptBytes kept;
  private final CountDownLatch ended = new CountDownLatch(1);

  private StreamCapture(CommandStream which, InputStream stream, KeptBytes kept) {
    this.which = which;
    this.stream = stream;
    this.kept = kept;
  }

  /**
   * Starts reading.
   *
   * @param limit how many bytes are kept
   * @param path where a file may be created
   * @param readers must have a thread for every stream that is open at the same time
   */
  static StreamCapture start(
      CommandStream which, InputStream stream, long limit, Path path, Executor readers) {
    long tail =
        switch (which) {
          case OUTPUT -> 0;
          case LOG -> limit / 2;
        };
    StreamCapture capture =
        new StreamCapture(which, stream, new KeptBytes(limit - tail, tail, path));
    readers.execute(capture::read);
    return capture;
  }

  /** Waits up to {@code time} for the end of the stream. Returns whether it has ended. */
  boolean endsWithin(Duration time) throws InterruptedException {
    return ended.await(time.toNanos(), TimeUnit.NANOSECONDS);
  }

  @Override
  public CommandStream stream() {
    return which;
  }

  @Override
  public Extent extent() {
    return kept.extent();
  }

  @Override
  public Optional<Part> read(long position, int max) throws IOException {
    return kept.read(position, max);
  }

  /** Reads everything that is kept into memory; call it only for a stream that is not in chunks. */
  Output output() throws IOException {
    Extent extent = kept.extent();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    long position = 0;
    for (Optional<Part> part = read(0); part.isPresent(); part = read(position)) {
      bytes.writeBytes(part.get().bytes());
      position = part.get().end();
    }
    return new Output(bytes.toByteArray(), extent.isTruncated(), extent.written());
  }

  private Optional<Part> read(long position) throws IOException {
    return kept.read(position, Integer.MAX_VALUE);
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
    try {
      kept.add(buffer, length);
    } catch (IOException e) {
      LOG.warn("The worker cannot keep what a command writes: {}", e.toString());
      kept.stop();
    }
  }

  @Override
  public void close() {
    try {
      kept.close();
    } catch (IOException e) {
      LOG.warn("The file of a command's stream cannot be closed: {}", e.toString());
    }
  }
}
