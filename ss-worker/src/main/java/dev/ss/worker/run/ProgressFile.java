package dev.ss.worker.run;

import dev.ss.job.Progress;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The file into which a command writes how far it is: lines such as {@code 0.42 Reading rows}. The
 * last whole line counts. The worker opens the file before the command can replace it by something
 * that would block or mislead the worker. Thread-safe.
 */
public final class ProgressFile implements AutoCloseable {
  private static final int MAX_LINE = 1024;
  private static final int MAX_MESSAGE = 200;
  private static final Pattern LINE =
      Pattern.compile("\\s*(0|1|0?\\.[0-9]{1,9}|1\\.0{1,9})(?:\\s+(.*))?");

  private final Path path;
  private final FileChannel file;

  private ProgressFile(Path path, FileChannel file) {
    this.path = path;
    this.file = file;
  }

  static ProgressFile create(Path path) throws IOException {
    return new ProgressFile(
        path,
        FileChannel.open(
            path,
            Set.of(
                StandardOpenOption.CREATE,
                StandardOpenOption.TRUNCATE_EXISTING,
                StandardOpenOption.READ,
                StandardOpenOption.WRITE),
            AttemptDirectory.OWNERS_FILE));
  }

  Path path() {
    return path;
  }

  /** What the command said last; empty if it has said nothing, or nothing that can be read. */
  public Optional<Progress> read() throws IOException {
    long size = file.size();
    ByteBuffer end = ByteBuffer.allocate((int) Math.min(size, MAX_LINE));
    long place = size - end.capacity();
    while (end.hasRemaining()) {
      int read = file.read(end, place + end.position());
      if (read < 0) { // the command has shortened the file meanwhile
        break;
      }
    }
    return last(new String(end.array(), 0, end.position(), StandardCharsets.UTF_8));
  }

  /** The last whole line; empty if it does not have the format. */
  private static Optional<Progress> last(String text) {
    int end = text.lastIndexOf('\n');
    if (end < 0) {
      return Optional.empty();
    }
    int begin = text.lastIndexOf('\n', end - 1);
    return parse(text.substring(begin + 1, end));
  }

  private static Optional<Progress> parse(String line) {
    Matcher matcher = LINE.matcher(line);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    Optional<String> message =
        Optional.ofNullable(matcher.group(2))
            .map(text -> text.replaceAll("\\p{Cntrl}", " ").strip())
            .filter(text -> !text.isEmpty())
            .map(text -> text.length() > MAX_MESSAGE ? text.substring(0, MAX_MESSAGE) : text);
    return Optional.of(new Progress(Double.parseDouble(matcher.group(1)), message));
  }

  @Override
  public void close() throws IOException {
    file.close();
    Files.deleteIfExists(path);
  }
}
