package dev.ss.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * The file of a SQLite database, as this process opened it. A process that has the file open does
 * not notice when the file is deleted or replaced; what the process writes afterwards is lost.
 * {@link #look} therefore compares the file at intervals. While the file is missing, and for good
 * once it is replaced, reads and writes fail.
 */
final class DatabaseFile {
  private final Optional<Path> path;
  private final Optional<Object> key;
  private volatile Optional<String> missing = Optional.empty();
  private volatile Optional<String> damage = Optional.empty();
  private boolean replaced;

  private DatabaseFile(Optional<Path> path) {
    this.path = path;
    this.key = path.flatMap(DatabaseFile::keyNow);
  }

  /** The file at this path, which has just been opened. */
  static DatabaseFile at(Path path) {
    return new DatabaseFile(Optional.of(path));
  }

  /** Stands for a database that is not a file of this machine. */
  static DatabaseFile none() {
    return new DatabaseFile(Optional.empty());
  }

  /**
   * Compares the file at the path with the one that was opened.
   *
   * @throws DatabaseUnavailableException if the file is missing, replaced or known to be damaged
   */
  void look() {
    path.ifPresent(this::compare);
    requirePresent();
    require(damage);
  }

  /**
   * Checks the result of the last {@link #look}.
   *
   * @throws DatabaseUnavailableException if the file was missing or replaced
   */
  void requirePresent() {
    require(missing);
  }

  /** Like {@link Failures#explaining}. Remembers damage, because a file does not heal. */
  RuntimeException explaining(RuntimeException failure) {
    RuntimeException explained = Failures.explaining(failure);
    if (damage.isEmpty() && Failures.isDamage(failure)) {
      damage = Optional.of(String.valueOf(explained.getMessage()));
    }
    return explained;
  }

  private static void require(Optional<String> reason) {
    if (reason.isPresent()) {
      throw new DatabaseUnavailableException(reason.get());
    }
  }

  private synchronized void compare(Path file) {
    Optional<Object> now = keyNow(file);
    // Connections that were opened in the meantime use the other file, so there is no way back.
    replaced |= now.isPresent() && key.isPresent() && !now.equals(key);
    if (replaced) {
      missing = Optional.of("its file has been replaced since it was opened; restart SS");
    } else if (now.isEmpty() && key.isPresent()) {
      missing = Optional.of("its file is no longer where it was opened; put it back or restart SS");
    } else {
      missing = Optional.empty();
    }
  }

  /**
   * Identifies the file, as by its inode; empty if there is no file or the file system has no keys.
   */
  private static Optional<Object> keyNow(Path file) {
    try {
      return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    } catch (IOException notThere) {
      return Optional.empty();
    }
  }
}
