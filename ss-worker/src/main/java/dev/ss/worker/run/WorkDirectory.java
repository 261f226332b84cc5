package dev.ss.worker.run;

import dev.ss.boot.StartupException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Where one worker's attempts have their directories. It is this worker's alone, for as long as the
 * process lives, and empty when it begins.
 */
public final class WorkDirectory {
  private final Path path;
  private final FileLock lock;

  private WorkDirectory(Path path, FileLock lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Takes the worker's directory below {@code parent} and removes what an earlier life of the
   * worker left there.
   *
   * @throws StartupException if another process has it, or it cannot be used
   */
  public static WorkDirectory take(Path parent, String workerId) {
    Path path = parent.toAbsolutePath().resolve(workerId);
    try {
      // It may be the first to be made of what the database will be in as well.
      Files.createDirectories(parent, AttemptDirectory.OWNER_ONLY);
      FileLock lock =
          lock(parent.resolve(workerId + ".lock"))
              .orElseThrow(
                  () ->
                      new StartupException(
                          "worker.id (SS_WORKER_ID)",
                          "a worker named %s runs here already; give each its own name"
                              .formatted(workerId)));
      AttemptDirectory.deleteAll(path);
      return new WorkDirectory(path, lock);
    } catch (IOException e) {
      throw new StartupException(
          "worker.workDirectory (SS_WORK_DIRECTORY)", "it cannot be used: " + e);
    }
  }

  @SuppressWarnings("MustBeClosed") // closed by the end of the process
  private static Optional<FileLock> lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    return Optional.ofNullable(channel.tryLock());
  }

  /** The directory, while it is this worker's. */
  Path path() {
    if (!lock.isValid()) {
      throw new IllegalStateException("the work directory has been given up");
    }
    return path;
  }
}
