package dev.ss.worker.maintain;

import dev.ss.job.WorkerStatus;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * One process of a worker, as it describes itself. After a restart, the new process has the same
 * worker id and another instance id.
 *
 * @param id tells this process from others with the same worker id
 * @param host the name of the machine; empty if it is not known
 */
public record WorkerInstance(
    String workerId,
    UUID id,
    int slots,
    List<String> jobTypes,
    Optional<String> host,
    Instant startedAt) {
  /**
   * Read directly: Java's lookup of the host name also looks up its address, which may take long.
   */
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  /** The instance for this process. */
  public static WorkerInstance here(
      String workerId, UUID id, int slots, List<String> jobTypes, Instant startedAt) {
    return new WorkerInstance(workerId, id, slots, jobTypes, hostName(), startedAt);
  }

  /** The worker's status, as a heartbeat writes it. */
  WorkerStatus status(boolean draining, int running, Instant now) {
    return new WorkerStatus(workerId, draining, slots, running, jobTypes, startedAt, now, host);
  }

  private static Optional<String> hostName() {
    try {
      return Optional.of(Files.readString(HOST_NAME).strip()).filter(name -> !name.isEmpty());
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }
}
