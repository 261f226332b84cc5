package dev.ss.bench.measure;

import dev.ss.testkit.process.Directories;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The directory in which a bench writes its files. */
public final class Workspace {
  private Workspace() {}

  /** Processes of an interrupted bench may still write there. */
  private static void delete(Path directory) {
    try {
      Directories.delete(directory);
    } catch (UncheckedIOException e) {
      System.err.printf("%s cannot be deleted: %s%n", directory, e.getMessage());
    }
  }

  /**
   * Creates a directory on a disk, which is deleted when the JVM ends: below {@code
   * BENCH_DIRECTORY}, or else below {@code target/bench}.
   *
   * @throws IllegalStateException if the directory is in memory
   */
  public static Path create(String name) {
    String chosen = System.getenv("BENCH_DIRECTORY");
    Path parent = Path.of(chosen == null ? "target/bench" : chosen).toAbsolutePath();
    try {
      Path directory = Files.createTempDirectory(Files.createDirectories(parent), name);
      Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(directory)));
      Disk.demand(directory);
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
