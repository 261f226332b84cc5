package dev.ss.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks up the file system of a directory. */
public final class Disk {
  private Disk() {}

  /** Returns the device and the file system. */
  public static String of(Path path) {
    FileStore store = store(path);
    return store.name() + " " + store.type();
  }

  /**
   * Makes sure that files in this directory are on a disk.
   *
   * @throws IllegalStateException if the directory is in memory
   */
  public static void demand(Path path) {
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
