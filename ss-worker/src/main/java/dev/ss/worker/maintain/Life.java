package dev.ss.worker.maintain;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * One process of a worker. Its successor has the same id, and is another life.
 *
 * @param instance what tells it from others of its name
 * @param host the machine, where it has a name
 */
public record Life(UUID instance, Optional<String> host, Instant startedAt) {
  /** Asking Java for the name asks the network for the address, and may wait long for it. */
  private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");

  /** A life on this machine. */
  public static Life here(UUID instance, Instant startedAt) {
    return new Life(instance, hostName(), startedAt);
  }

  private static Optional<String> hostName() {
    try {
      return Optional.of(Files.readString(HOST_NAME).strip()).filter(name -> !name.isEmpty());
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }
}
