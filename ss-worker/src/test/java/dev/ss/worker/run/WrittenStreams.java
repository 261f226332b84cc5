package dev.ss.worker.run;

import dev.ss.job.CommandStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** The streams of a command that a test plays. */
public final class WrittenStreams implements AutoCloseable {
  private final Map<CommandStream, KeptBytes> kept = new EnumMap<>(CommandStream.class);
  private final ProgressFile progress;

  /**
   * @param limit how much of each stream is kept
   * @param path the beginning of the paths of files
   */
  public WrittenStreams(int limit, Path path) {
    kept.put(CommandStream.OUTPUT, new KeptBytes(limit, 0, path.resolveSibling(path + ".output")));
    kept.put(
        CommandStream.LOG, new KeptBytes(limit / 2, limit / 2, path.resolveSibling(path + ".log")));
    try {
      progress = ProgressFile.create(path.resolveSibling(path + ".progress"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Both streams. */
  public List<LiveStream> both() {
    return kept.entrySet().stream()
        .<LiveStream>map(each -> new Live(each.getKey(), each.getValue()))
        .toList();
  }

  /** The file for the progress. */
  public ProgressFile progress() {
    return progress;
  }

  /** The command writes these bytes. */
  public void write(CommandStream stream, byte[] bytes) {
    try {
      of(stream).add(bytes, bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command says how far it is. */
  public void progress(String line) throws IOException {
    Files.writeString(progress.path(), line, StandardOpenOption.APPEND);
  }

  /** What is kept of a stream. */
  public byte[] kept(CommandStream stream) throws IOException {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    long position = 0;
    Optional<LiveStream.Part> part = of(stream).read(position, Integer.MAX_VALUE);
    while (part.isPresent()) {
      all.writeBytes(part.get().bytes());
      position = part.get().end();
      part = of(stream).read(position, Integer.MAX_VALUE);
    }
    return all.toByteArray();
  }

  private KeptBytes of(CommandStream stream) {
    return Objects.requireNonNull(kept.get(stream));
  }

  @Override
  public void close() {
    try {
      for (KeptBytes each : kept.values()) {
        each.close();
      }
      progress.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private record Live(CommandStream stream, KeptBytes kept) implements LiveStream {
    @Override
    public Extent extent() {
      return kept.extent();
    }

    @Override
    public Optional<Part> read(long position, int max) throws IOException {
      return kept.read(position, max);
    }
  }
}
