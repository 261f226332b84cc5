package dev.ss.bench.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Where files are written. */
final class Disk {
  private Disk() {}

  /** The device and its file system. */
  static String of(Path path) {
    FileStore store = store(path);
    return store.name() + " " + store.type();
  }

  /**
   * Makes sure that what is written there is written to a disk.
   *
   * @throws IllegalStateException if it is kept in memory
   */
  static void demand(Path path) {
    if (store(path).type().equals("tmpfs")) {
      throw new IllegalStateException(path + " is in memory (tmpfs), not on a disk");
    }
  }

  private static FileStore store(Path path) {
    try {
      return Files.getFileStore(path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
