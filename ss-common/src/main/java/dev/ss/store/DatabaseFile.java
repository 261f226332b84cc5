package dev.ss.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * A SQLite database's file, as it was opened. Who holds it open notices nothing when it is deleted
 * or another is put in its place: what is written then is gone with the process. So somebody {@link
 * #look}s at intervals, and from then on nothing is read or written.
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

  /** Of a database that is not a file of ours. */
  static DatabaseFile none() {
    return new DatabaseFile(Optional.empty());
  }

  /**
   * Compares the file that is there now with the one that was opened.
   *
   * @throws DatabaseUnavailableException if it is another or none, or is known to be damaged
   */
  void look() {
    path.ifPresent(this::compare);
    requirePresent();
    require(damage);
  }

  /**
   * As the last look found it.
   *
   * @throws DatabaseUnavailableException if it is not the file that was opened
   */
  void requirePresent() {
    require(missing);
  }

  /** As {@link Failures#explaining}; damage is remembered, because a file does not heal. */
  RuntimeException explaining(RuntimeException failure) {
    RuntimeException explained = Failures.explaining(failure);
    if (damage.isEmpty() && Failures.isDamage(failure)) {
      damage = Optional.of(explained.getMessage());
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
    // Connections that were opened in the meantime are to the other file: there is no way back.
    replaced |= now.isPresent() && key.isPresent() && !now.equals(key);
    if (replaced) {
      missing = Optional.of("its file has been replaced since it was opened; restart SS");
    } else if (now.isEmpty() && key.isPresent()) {
      missing = Optional.of("its file is no longer where it was opened; put it back or restart SS");
    } else {
      missing = Optional.empty();
    }
  }

  /** Nothing if there is no file, or the file system has no such keys. */
  private static Optional<Object> keyNow(Path file) {
    try {
      return Optional.ofNullable(Files.readAttributes(file, BasicFileAttributes.class).fileKey());
    } catch (IOException notThere) {
      return Optional.empty();
    }
  }
}
