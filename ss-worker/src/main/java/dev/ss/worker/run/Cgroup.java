package dev.ss.worker.run;

import dev.ss.job.CpuTime;
import dev.ss.job.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The cgroup of one attempt. All its processes share its limits, and end when it is closed. */
final class Cgroup implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Cgroup.class);
  private static final Duration END_LIMIT = Duration.ofSeconds(2);
  private static final Duration PAUSE = Duration.ofMillis(5);

  /** Microseconds; the kernel's default. */
  private static final long CPU_PERIOD = 100_000;

  private final Path directory;

  Cgroup(Path directory) {
    this.directory = directory;
  }

  static Cgroup create(Path directory, Set<Limit> set, Limits limits) throws IOException {
    Files.createDirectory(directory);
    Cgroup cgroup = new Cgroup(directory);
    try {
      for (Limit limit : set) {
        cgroup.set(limit, limits);
      }
      return cgroup;
    } catch (IOException e) {
      cgroup.close();
      throw e;
    }
  }

  private void set(Limit limit, Limits limits) throws IOException {
    switch (limit) {
      case MEMORY -> {
        write("memory.max", Long.toString(limit.of(limits)));
        // Where the kernel has these files. Without them the command may swap, or lose only one of
        // its processes.
        tryToWrite("memory.swap.max", "0");
        tryToWrite("memory.oom.group", "1");
      }
      case PROCESSES -> write("pids.max", Long.toString(limit.of(limits)));
      case CPU -> write("cpu.max", quota(limits.cpu().orElseThrow()) + " " + CPU_PERIOD);
      case FILES, DESCRIPTORS -> throw new IllegalArgumentException("no cgroup limits " + limit);
    }
  }

  private static long quota(double processors) {
    return Math.round(processors * CPU_PERIOD);
  }

  /** The file into which a process writes its id to become one of the cgroup's. */
  Path members() {
    return directory.resolve("cgroup.procs");
  }

  /**
   * The processor time of all processes that have been in it; empty if the kernel has no such file.
   */
  Optional<CpuTime> cpu() {
    return value("cpu.stat", "user_usec")
        .flatMap(
            user ->
                value("cpu.stat", "system_usec")
                    .map(system -> new CpuTime(micros(user), micros(system))));
  }

  private static Duration micros(long micros) {
    return Duration.of(micros, ChronoUnit.MICROS);
  }

  /** The bytes of memory in use now, files that the kernel keeps for its processes included. */
  Optional<Long> memory() {
    return content("memory.current").map(text -> Long.valueOf(text.strip()));
  }

  /** The most memory that was in use at one time; empty before Linux 5.19. */
  Optional<Long> peakMemory() {
    return content("memory.peak").map(text -> Long.valueOf(text.strip()));
  }

  /** How many of its processes the kernel has killed because its memory was used up. */
  long killsForMemory() {
    return value("memory.events", "oom_kill").orElse(0L);
  }

  private Optional<Long> value(String file, String name) {
    return content(file).stream()
        .flatMap(String::lines)
        .filter(line -> line.startsWith(name + " "))
        .map(line -> Long.valueOf(line.substring(name.length() + 1)))
        .findFirst();
  }

  private Optional<String> content(String file) {
    try {
      return Optional.of(Files.readString(directory.resolve(file)));
    } catch (IOException notThere) { // the kernel or the controller does not have it
      return Optional.empty();
    }
  }

  /** Kills the processes that are left, and removes the cgroup. */
  @Override
  public void close() {
    long deadline = System.nanoTime() + END_LIMIT.toNanos();
    while (!isRemoved()) {
      if (System.nanoTime() - deadline > 0) {
        LOG.warn("The cgroup {} cannot be removed; the next start tries again.", directory);
        return;
      }
      kill();
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  /** Removes also the cgroups that the command may have made below. */
  private boolean isRemoved() {
    try (Stream<Path> below = Files.walk(directory)) {
      List<Path> deepestFirst =
          below.filter(Files::isDirectory).sorted(Comparator.reverseOrder()).toList();
      for (Path each : deepestFirst) {
        Files.deleteIfExists(each);
      }
      return true;
    } catch (NoSuchFileException gone) {
      return true;
    } catch (IOException stillInUse) {
      return false;
    }
  }

  private void kill() {
    tryToWrite("cgroup.kill", "1"); // Linux 5.14
    try (Stream<String> left = Files.lines(members())) {
      left.map(Long::valueOf)
          .flatMap(pid -> ProcessHandle.of(pid).stream())
          .forEach(ProcessHandle::destroyForcibly);
    } catch (IOException gone) {
      LOG.debug("The processes of a cgroup cannot be listed.", gone);
    }
  }

  private void write(String file, String value) throws IOException {
    Files.writeString(directory.resolve(file), value);
  }

  private void tryToWrite(String file, String value) {
    try {
      write(file, value);
    } catch (IOException e) {
      LOG.debug("This kernel has no {}.", file, e);
    }
  }
}
