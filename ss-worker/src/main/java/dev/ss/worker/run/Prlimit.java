package dev.ss.worker.run;

import dev.ss.job.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Enforces limits with util-linux's {@code prlimit}, which sets them for itself and then becomes
 * the command. They hold for each process by itself; only the number of processes is that of a
 * user.
 */
final class Prlimit {
  private static final Path OWN_LIMITS = Path.of("/proc/self/limits");

  private final Optional<Path> program;
  private final boolean ownUsers;
  private final String ownLimits;

  /**
   * What prlimit limits.
   *
   * @param name in {@code /proc/self/limits}
   */
  private record Resource(String option, String name) {
    static Optional<Resource> of(Limit limit) {
      return switch (limit) {
        // Not the address space: a JVM reserves many times what it uses.
        case MEMORY -> Optional.of(new Resource("--data", "Max data size"));
        case PROCESSES -> Optional.of(new Resource("--nproc", "Max processes"));
        case FILES -> Optional.of(new Resource("--fsize", "Max file size"));
        case DESCRIPTORS -> Optional.of(new Resource("--nofile", "Max open files"));
        case CPU -> Optional.empty();
      };
    }
  }

  private Prlimit(Optional<Path> program, boolean ownUsers, String ownLimits) {
    this.program = program;
    this.ownUsers = ownUsers;
    this.ownLimits = ownLimits;
  }

  /**
   * Looks for the program.
   *
   * @param ownUsers whether each attempt has a user of its own
   */
  static Prlimit installed(Commands commands, boolean ownUsers) {
    return new Prlimit(commands.installed("prlimit"), ownUsers, ownLimits());
  }

  private static String ownLimits() {
    try {
      return Files.readString(OWN_LIMITS);
    } catch (IOException notLinux) {
      return "";
    }
  }

  /** Why it cannot enforce this limit; empty if it can. */
  Optional<String> obstacle(Limit limit) {
    if (Resource.of(limit).isEmpty()) {
      return Optional.of("prlimit does not limit it");
    }
    if (program.isEmpty()) {
      return Optional.of("there is no program prlimit (util-linux)");
    }
    return limit == Limit.PROCESSES && !ownUsers
        ? Optional.of("prlimit needs a user for each slot in worker.runAs")
        : Optional.empty();
  }

  /** The launcher that sets these limits. */
  List<String> launcher(Set<Limit> set, Limits limits) {
    if (set.isEmpty()) {
      return List.of();
    }
    List<String> launcher = new ArrayList<>();
    launcher.add(program.orElseThrow().toString());
    set.forEach(
        limit ->
            Resource.of(limit)
                .map(each -> option(each, limit.of(limits)))
                .ifPresent(launcher::add));
    launcher.add("--");
    return List.copyOf(launcher);
  }

  /** A limit above the worker's own would be refused. */
  private String option(Resource resource, long value) {
    return resource.option() + "=" + Math.min(value, maximum(resource.name(), ownLimits));
  }

  /** The hard limit of this name, in the second column; see proc(5). */
  static long maximum(String name, String limits) {
    return limits
        .lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(name.length()).strip().split(" +", -1)[1])
        .filter(value -> !value.equals("unlimited"))
        .map(Long::valueOf)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }
}
