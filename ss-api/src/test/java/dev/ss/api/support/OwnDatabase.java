package dev.ss.api.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The SQLite file of an API, which can be moved elsewhere while the API has it open. */
record OwnDatabase(Path file) {
  String url() {
    return "jdbc:sqlite:" + file;
  }

  Rows rows() {
    return new Rows(url());
  }

  private Path away() {
    return file.resolveSibling("away");
  }

  void takeAway() {
    move(file, away());
  }

  /** Moves the file back if it is away. */
  void bringBack() {
    if (Files.exists(away())) {
      move(away(), file);
    }
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
