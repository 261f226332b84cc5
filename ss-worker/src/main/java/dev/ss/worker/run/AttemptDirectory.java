package dev.ss.worker.run;

import dev.ss.job.Attempt;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A fresh, empty directory for an attempt's command, and the file with its input beside it. */
final class AttemptDirectory implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AttemptDirectory.class);

  /** Nobody else on this machine has any business in a job's files. */
  static final FileAttribute<?> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

  private final Path root;

  private AttemptDirectory(Path root) {
    this.root = root;
  }

  static AttemptDirectory create(Path parent, Attempt attempt, byte[] input) throws IOException {
    Path root = parent.resolve(attempt.jobId() + "." + attempt.run());
    deleteAll(root);
    Files.createDirectories(root, OWNER_ONLY);
    AttemptDirectory directory = new AttemptDirectory(root);
    Files.createDirectory(directory.working());
    Files.write(directory.input(), input);
    return directory;
  }

  /** Where the command runs. */
  Path working() {
    return root.resolve("work");
  }

  /** What the command reads. */
  Path input() {
    return root.resolve("input");
  }

  @Override
  public void close() {
    try {
      deleteAll(root);
    } catch (IOException e) {
      LOG.warn("The working directory {} cannot be removed: {}", root, e.toString());
    }
  }

  /**
   * Deletes a directory and what is in it, as far as it is there; a warden may be deleting it too.
   */
  static void deleteAll(Path directory) throws IOException {
    if (Files.notExists(directory)) {
      return;
    }
    Files.walkFileTree(
        directory,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            Files.deleteIfExists(file);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof NoSuchFileException) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }

          @Override
          public FileVisitResult postVisitDirectory(Path visited, IOException failure)
              throws IOException {
            if (failure != null && !(failure instanceof NoSuchFileException)) {
              throw failure;
            }
            Files.deleteIfExists(visited);
            return FileVisitResult.CONTINUE;
          }
        });
  }
}
