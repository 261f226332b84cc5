package dev.ss.worker.maintain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One process of a worker. Its successor has the same worker id and another instance id.
 *
 * @param id tells it from other processes of its name
 * @param host the machine, where it has a name
 */
public record WorkerInstance(UUID id, Optional<String> host, Instant startedAt) {
  /** Asking Java for the name asks the network for the address, and may wait long for it. */
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  /** An instance on this machine. */
  public static WorkerInstance here(UUID id, Instant startedAt) {
    return new WorkerInstance(id, hostName(), startedAt);
  }

  private static Optional<String> hostName() {
    try {
      return Optional.of(Files.readString(HOST_NAME).strip()).filter(name -> !name.isEmpty());
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }
}
