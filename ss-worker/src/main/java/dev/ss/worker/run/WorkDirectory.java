package dev.ss.worker.run;

import dev.ss.boot.StartupException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The directory in which the attempts of one worker have their directories. Only one process uses
 * it at a time. When it starts, it removes what an earlier process has left there.
 */
public final class WorkDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(WorkDirectory.class);

  private static final int UUID_LENGTH = 36;

  private static final Set<PosixFilePermission> PASSABLE =
      Set.of(PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.OTHERS_EXECUTE);

  private final Path parent;
  private final Path path;
  private final FileLock lock;
  private final List<FileLock> others = new ArrayList<>();

  private WorkDirectory(Path parent, Path path, FileLock lock) {
    this.parent = parent;
    this.path = path;
    this.lock = lock;
  }

  /**
   * Takes the worker's directory below {@code parent}. Kills the processes and removes the files
   * that an earlier process of the worker has left there.
   *
   * @param instance this process; its attempts get a directory of their own, which the reaper of an
   *     earlier process cannot touch
   * @throws StartupException if another process has the directory, or it cannot be used
   */
  public static WorkDirectory take(Path parent, String workerId, UUID instance, Commands commands) {
    LaunchMechanism.choose(); // for benches and tests, which have no command line
    Path runs = parent.toAbsolutePath().normalize().resolve(workerId);
    try {
      // This may also create the directory that the database will be in.
      Files.createDirectories(parent, AttemptDirectory.OWNER_ONLY);
      FileLock lock =
          lock(parent.resolve(workerId + ".lock"))
              .orElseThrow(
                  () ->
                      new StartupException(
                          "worker.id (SS_WORKER_ID)",
                          "a worker named %s runs here already; give each its own name"
                              .formatted(workerId)));
      clear(runs, commands);
      // Not the whole id: a socket in a long path would have too long a name.
      Path path = runs.resolve(instance.toString().substring(0, 8));
      Files.createDirectories(path, AttemptDirectory.OWNER_ONLY);
      return new WorkDirectory(parent, path, lock);
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  private static StartupException unusable(IOException reason) {
    return new StartupException(
        "worker.workDirectory (SS_WORK_DIRECTORY)", "it cannot be used: " + reason);
  }

  @SuppressWarnings("MustBeClosed") // closed when the process ends
  private static Optional<FileLock> lock(Path file) throws IOException {
    FileChannel channel =
        FileChannel.open(
            file,
            Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
            AttemptDirectory.OWNERS_FILE);
    return Optional.ofNullable(channel.tryLock());
  }

  private static void clear(Path runs, Commands commands) throws IOException {
    if (Files.notExists(runs)) {
      return;
    }
    try (DirectoryStream<Path> each = Files.newDirectoryStream(runs)) {
      for (Path run : each) {
        OrphanReaper.sweep(run, commands);
      }
    }
    try {
      DirectoryRemoval.remove(runs);
    } catch (IOException e) {
      LOG.warn("Files of an earlier run of this worker cannot be removed: {}", e.toString());
    }
  }

  /** The directory for the attempts of this process. */
  Path path() {
    if (!lock.isValid()) {
      throw new IllegalStateException("the work directory has been given up");
    }
    return path;
  }

  /**
   * Takes a lock beside the worker's directory, until the process ends. False if another has it.
   */
  boolean locks(String name) {
    try {
      Optional<FileLock> taken = lock(parent.resolve(name + ".lock"));
      taken.ifPresent(others::add);
      return taken.isPresent();
    } catch (IOException e) {
      throw unusable(e);
    }
  }

  /** Lets other users pass, but not look around, on their way to the directories of attempts. */
  void makePassable() throws IOException {
    for (Path each : List.of(parent, Objects.requireNonNull(path.getParent()), path)) {
      Set<PosixFilePermission> permissions = new HashSet<>(Files.getPosixFilePermissions(each));
      permissions.addAll(PASSABLE);
      Files.setPosixFilePermissions(each, permissions);
    }
  }

  /**
   * The instance that last held the worker's name with this directory. Its process has ended,
   * because it held the lock that this process holds now.
   */
  public Optional<UUID> lastHolder() {
    // Read through the lock's own channel: closing another channel of the file releases the lock.
    ByteBuffer text = ByteBuffer.allocate(UUID_LENGTH);
    try {
      int read = lock.channel().read(text, 0);
      return read == UUID_LENGTH
          ? Optional.of(UUID.fromString(new String(text.array(), StandardCharsets.US_ASCII)))
          : Optional.empty();
    } catch (IOException | IllegalArgumentException unreadable) {
      return Optional.empty();
    }
  }

  /**
   * Records that this instance holds the name, so that the next process knows which one has ended.
   */
  public void heldBy(UUID instance) {
    try {
      lock.channel()
          .write(ByteBuffer.wrap(instance.toString().getBytes(StandardCharsets.US_ASCII)), 0);
    } catch (IOException e) {
      throw new StartupException(
          "worker.workDirectory (SS_WORK_DIRECTORY)", "it cannot be written to: " + e);
    }
  }
}
