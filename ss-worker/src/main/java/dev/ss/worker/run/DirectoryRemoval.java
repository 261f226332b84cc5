package dev.ss.worker.run;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Removes a directory in whatever state a command has left it. Read-only directories are made
 * writable. Nested directories are moved up before they are emptied, so that no path gets too long.
 * An error does not stop the removal of the rest. The reaper may remove the same directory at the
 * same time.
 */
final class DirectoryRemoval {
  private final Path root;
  private final Deque<Path> waiting = new ArrayDeque<>();
  private @Nullable IOException firstError;

  private DirectoryRemoval(Path root) {
    this.root = root;
  }

  /**
   * Removes {@code directory}, if it exists, and everything in it.
   *
   * @throws IOException the first error, after everything else has been removed
   */
  static void remove(Path directory) throws IOException {
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException e) {
      new DirectoryRemoval(directory).run();
    }
  }

  private void run() throws IOException {
    List<Path> nested = new ArrayList<>();
    empty(root, nested);
    waiting.addAll(nested);
    while (!waiting.isEmpty()) {
      Path directory = waiting.pop();
      List<Path> below = new ArrayList<>();
      empty(directory, below);
      below.forEach(this::moveUp);
      delete(directory);
    }
    delete(root);
    if (firstError != null) {
      throw firstError;
    }
  }

  /** Deletes the files of a directory and collects its subdirectories. */
  private void empty(Path directory, List<Path> nested) {
    makeWritable(directory);
    try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
      for (Path entry : entries) {
        if (Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)) {
          nested.add(entry);
        } else {
          delete(entry);
        }
      }
    } catch (DirectoryIteratorException e) {
      failed(Objects.requireNonNull(e.getCause()));
    } catch (IOException e) {
      failed(e);
    }
  }

  private void moveUp(Path directory) {
    Path moved = root.resolve(UUID.randomUUID().toString());
    try {
      move(directory, moved);
      // A process may have put a link in its place. It can no longer: the root is not its own.
      if (Files.isDirectory(moved, LinkOption.NOFOLLOW_LINKS)) {
        waiting.push(moved);
      } else {
        delete(moved);
      }
    } catch (IOException e) {
      failed(e);
    }
  }

  private void move(Path directory, Path moved) throws IOException {
    try {
      Files.move(directory, moved);
    } catch (AccessDeniedException e) {
      makeWritable(directory); // moving it changes its entry ".."
      Files.move(directory, moved);
    }
  }

  private void makeWritable(Path directory) {
    try {
      Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
    } catch (IOException e) {
      failed(e);
    }
  }

  private void delete(Path path) {
    try {
      Files.deleteIfExists(path);
    } catch (IOException e) {
      failed(e);
    }
  }

  private void failed(IOException error) {
    if (firstError == null && !(error instanceof NoSuchFileException)) {
      firstError = error;
    }
  }
}
