package dev.ss.worker.run;

import dev.ss.worker.run.LiveStream.Extent;
import dev.ss.worker.run.LiveStream.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a stream that are kept: some from its beginning and some from its end. A few are in
 * memory; as soon as there are more, all are in a file. In the file, the newest bytes of the end
 * overwrite the oldest.
 */
final class KeptBytes implements AutoCloseable {
  private static final int IN_MEMORY = 64 * 1024;

  private final long headSize;
  private final long tailSize;
  private final Path path;
  private final ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable FileChannel file;
  private long written;
  private boolean stopped;
  private long keptBeforeStop;

  /**
   * @param headSize how many bytes are kept from the beginning
   * @param tailSize how many are kept from the end
   * @param path where to create the file; its name is removed at once, so nothing is left behind
   */
  KeptBytes(long headSize, long tailSize, Path path) {
    this.headSize = headSize;
    this.tailSize = tailSize;
    this.path = path;
  }

  /** Adds what the command has written next. */
  synchronized void add(byte[] bytes, int length) throws IOException {
    if (stopped) {
      written += length;
      return;
    }
    int done = 0;
    while (done < length) {
      done += addSome(bytes, done, length - done);
    }
  }

  /** Adds as many bytes as have their places side by side. */
  private int addSome(byte[] bytes, int offset, int length) throws IOException {
    int count = (int) Math.min(length, placesFrom(written));
    if (count == 0) { // beyond the head, and no tail is kept
      written += length;
      return length;
    }
    if (file == null && written + count <= IN_MEMORY && written + count <= headSize + tailSize) {
      memory.write(bytes, offset, count);
    } else {
      write(openFile(), ByteBuffer.wrap(bytes, offset, count), placeOf(written));
    }
    written += count;
    return count;
  }

  /** How many places follow each other from that of this position on. */
  private long placesFrom(long position) {
    return position < headSize
        ? headSize - position
        : tailSize == 0 ? 0 : tailSize - (position - headSize) % tailSize;
  }

  private long placeOf(long position) {
    return position < headSize ? position : headSize + (position - headSize) % tailSize;
  }

  private FileChannel openFile() throws IOException {
    FileChannel open = file;
    if (open == null) {
      open =
          FileChannel.open(
              path,
              Set.of(
                  StandardOpenOption.CREATE,
                  StandardOpenOption.TRUNCATE_EXISTING,
                  StandardOpenOption.READ,
                  StandardOpenOption.WRITE),
              AttemptDirectory.OWNERS_FILE);
      file = open;
      Files.delete(path);
      write(open, ByteBuffer.wrap(memory.toByteArray()), 0);
      memory.reset();
    }
    return open;
  }

  private static void write(FileChannel file, ByteBuffer bytes, long place) throws IOException {
    long next = place;
    while (bytes.hasRemaining()) {
      next += file.write(bytes, next);
    }
  }

  /** Keeps only what is kept from the beginning; what comes from now on is counted. */
  synchronized void stop() {
    stopped = true;
    keptBeforeStop = Math.min(written, headSize);
  }

  synchronized Extent extent() {
    if (stopped) {
      return new Extent(written, keptBeforeStop, written);
    }
    long headEnd = Math.min(written, headSize);
    long tailStart = Math.max(headEnd, written - tailSize);
    return new Extent(written, headEnd, tailStart);
  }

  /** See {@link LiveStream#read}. */
  synchronized Optional<Part> read(long position, int max) throws IOException {
    Extent extent = extent();
    long from = position < extent.headEnd() ? position : Math.max(position, extent.tailStart());
    long end = from < extent.headEnd() ? extent.headEnd() : written;
    int length = (int) Math.min(Math.min(max, end - from), Math.max(0, placesFrom(from)));
    return length <= 0 ? Optional.empty() : Optional.of(new Part(from, bytes(from, length)));
  }

  private byte[] bytes(long position, int length) throws IOException {
    byte[] bytes = new byte[length];
    FileChannel open = file;
    if (open == null) {
      System.arraycopy(memory.toByteArray(), (int) position, bytes, 0, length);
      return bytes;
    }
    ByteBuffer left = ByteBuffer.wrap(bytes);
    long place = placeOf(position);
    while (left.hasRemaining()) {
      int read = open.read(left, place);
      if (read < 0) {
        throw new IOException("the file is shorter than what was written to it");
      }
      place += read;
    }
    return bytes;
  }

  @Override
  public synchronized void close() throws IOException {
    if (file != null) {
      file.close();
    }
  }
}
