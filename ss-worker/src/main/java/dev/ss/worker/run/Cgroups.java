package dev.ss.worker.run;

import dev.ss.job.Attempt;
import dev.ss.job.Limits;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The cgroup that this worker has to itself, with one cgroup below for each attempt that needs one;
 * see cgroups(7). It needs version 2, and a manager such as systemd that has delegated it ({@code
 * Delegate=}).
 */
final class Cgroups {
  private static final Logger LOG = LoggerFactory.getLogger(Cgroups.class);

  /** A cgroup that limits others has no processes itself, so the worker moves into this one. */
  private static final String WORKERS_OWN = "worker";

  private static final String PREFIX = "attempt-";

  private static final Map<Limit, String> CONTROLLERS =
      new EnumMap<>(Map.of(Limit.MEMORY, "memory", Limit.PROCESSES, "pids", Limit.CPU, "cpu"));

  private final Path base;
  private final Set<String> controllers;
  private final String obstacle;

  private Cgroups(Path base, Set<String> controllers, String obstacle) {
    this.base = base;
    this.controllers = controllers;
    this.obstacle = obstacle;
  }

  /** Stands for a worker that has no cgroup to itself, for this reason. */
  static Cgroups none(String obstacle) {
    return new Cgroups(Path.of("none"), Set.of(), obstacle);
  }

  /** Prepares the cgroup that this process is in. */
  static Cgroups ofThisProcess() {
    try {
      return place(
              Files.readString(Path.of("/proc/self/cgroup")),
              Files.readString(Path.of("/proc/self/mountinfo")))
          .map(own -> at(own, ProcessHandle.current().pid()))
          .orElseGet(() -> none("there is no cgroup v2"));
    } catch (IOException notLinux) {
      return none("there are no cgroups");
    }
  }

  /**
   * The directory of a process's cgroup.
   *
   * @param cgroups the process's {@code /proc/<pid>/cgroup}
   * @param mounts its {@code /proc/<pid>/mountinfo}
   */
  static Optional<Path> place(String cgroups, String mounts) {
    Optional<Path> own =
        cgroups
            .lines()
            .filter(line -> line.startsWith("0::/"))
            .map(line -> Path.of(line.substring("0::".length())))
            .findFirst();
    return mounts
        .lines()
        .filter(line -> line.contains(" - cgroup2 "))
        .map(line -> line.split(" ", -1))
        .flatMap(mount -> own.flatMap(path -> below(path, mount)).stream())
        .findFirst();
  }

  /** The fourth field is the root of the mount, the fifth where it is mounted; see proc(5). */
  private static Optional<Path> below(Path own, String... mount) {
    Path root = Path.of(mount[3]);
    return own.startsWith(root)
        ? Optional.of(Path.of(mount[4]).resolve(root.relativize(own).toString()))
        : Optional.empty();
  }

  /**
   * Prepares a cgroup for cgroups below it: moves the worker out, and hands the controllers down.
   *
   * @param own the cgroup that the worker is in
   * @param worker the worker's process id
   */
  static Cgroups at(Path own, long worker) {
    boolean moved = own.endsWith(WORKERS_OWN);
    Path base = moved ? Objects.requireNonNull(own.getParent()) : own;
    try {
      if (!Files.isWritable(base.resolve("cgroup.subtree_control"))) {
        return none("the worker may not change its cgroup");
      }
      List<String> available =
          List.of(Files.readString(base.resolve("cgroup.controllers")).strip().split(" ", -1));
      if (available.stream().noneMatch(CONTROLLERS::containsValue)) {
        return none("the worker's cgroup has no controllers");
      }
      if (!moved && !List.of(Long.toString(worker)).equals(members(base))) {
        return none("the worker's cgroup has other processes too");
      }
      if (!moved) {
        moveOut(base, worker);
      }
      removeLeftovers(base);
      return new Cgroups(
          base, handedDown(base, available), "the worker's cgroup has no controller for it");
    } catch (IOException e) {
      return none("the worker cannot use its cgroup (" + e + ")");
    }
  }

  private static Set<String> handedDown(Path base, List<String> available) {
    Set<String> handed = new HashSet<>(CONTROLLERS.values());
    handed.retainAll(available);
    handed.removeIf(controller -> !handDown(base, controller));
    return handed;
  }

  private static boolean handDown(Path base, String controller) {
    try {
      Files.writeString(base.resolve("cgroup.subtree_control"), "+" + controller);
      return true;
    } catch (IOException e) {
      LOG.warn("The cgroup controller {} cannot be used: {}", controller, e.toString());
      return false;
    }
  }

  private static void moveOut(Path base, long worker) throws IOException {
    Path leaf = base.resolve(WORKERS_OWN);
    Files.createDirectories(leaf);
    Files.writeString(leaf.resolve("cgroup.procs"), Long.toString(worker));
  }

  private static List<String> members(Path cgroup) throws IOException {
    return Files.readAllLines(cgroup.resolve("cgroup.procs"));
  }

  private static void removeLeftovers(Path base) throws IOException {
    try (DirectoryStream<Path> attempts = Files.newDirectoryStream(base, PREFIX + "*")) {
      for (Path attempt : attempts) {
        new Cgroup(attempt).close();
      }
    }
  }

  /** Why it cannot enforce this limit; empty if it can. */
  Optional<String> obstacle(Limit limit) {
    String controller = CONTROLLERS.get(limit);
    if (controller == null) {
      return Optional.of("cgroups do not limit it");
    }
    return controllers.contains(controller) ? Optional.empty() : Optional.of(obstacle);
  }

  /** Creates the cgroup of an attempt, if it enforces any of these limits. */
  Optional<Cgroup> create(Attempt attempt, Set<Limit> set, Limits limits) throws IOException {
    if (set.isEmpty()) {
      return Optional.empty();
    }
    String name = PREFIX + attempt.generation() + "." + attempt.jobId();
    return Optional.of(Cgroup.create(base.resolve(name), set, limits));
  }
}
