package dev.ss.worker.run;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.LongStream;

/**
 * A command and all processes that it has started. They are found as descendants of the command
 * and, on Linux, also by the attempt's {@link Marks} or by the pipes they write to: a process whose
 * parent has ended is no longer a descendant.
 */
final class ProcessTree {
  private static final String PROC_NAME = "/proc";
  private static final String OWN_THREADS = "/proc/self/task";
  private static final Path PROC = Path.of(PROC_NAME);

  /** Up to this many process ids, checking each one is cheaper than listing all processes. */
  private static final int MAX_CHECKED_PIDS = 64;

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

  /** How often to read an environment that is empty, as it is for a moment during execve(2). */
  private static final int MAX_READS = 5;

  private static final long BECOMING_NANOS = 1_000_000;

  private final Process command;
  private final Marks marks;
  private final Pipes pipes;

  /**
   * @param command a process that has just been started
   * @param marks the marks that it was started with
   */
  ProcessTree(Process command, Marks marks) {
    this.command = command;
    this.marks = marks;
    this.pipes = Pipes.of(PROC.resolve(Long.toString(command.pid())));
  }

  /** The process id of the command. */
  long pid() {
    return command.pid();
  }

  /**
   * The processes that are still there of all that the command has started; none outside Linux.
   *
   * @param fresh whether the command was started a moment ago: then all that it has started have
   *     higher process ids, and only those are checked
   */
  Set<Long> left(boolean fresh) {
    return (fresh ? startedSince() : processes())
        .stream().filter(this::isOurs).map(ProcessTree::pid).collect(Collectors.toSet());
  }

  /** Whether any of these processes still holds the command's streams. */
  boolean holdStreams(Set<Long> left) {
    return left.stream().map(pid -> PROC.resolve(Long.toString(pid))).anyMatch(pipes::heldBy);
  }

  /** The process ids of the command and all that it has started, as far as they are running. */
  Set<Long> pids() {
    return living().stream().map(ProcessHandle::pid).collect(Collectors.toSet());
  }

  /** Asks all processes to end, and kills those that are still running after {@code grace}. */
  void end(Duration grace) {
    Set<ProcessHandle> living = living();
    if (!grace.isZero()) {
      living.forEach(ProcessHandle::destroy);
      living = livingAfter(grace);
    }
    long deadline = System.nanoTime() + KILL_LIMIT.toNanos();
    while (!living.isEmpty() && System.nanoTime() - deadline < 0) {
      living.forEach(ProcessHandle::destroyForcibly);
      // A process may have started another one just before it was killed.
      living = livingAfter(PAUSE);
    }
  }

  /**
   * Waits up to {@code time} until all have ended, even on an interrupted thread. Returns the rest.
   */
  private Set<ProcessHandle> livingAfter(Duration time) {
    long deadline = System.nanoTime() + time.toNanos();
    boolean interrupted = Thread.interrupted();
    Set<ProcessHandle> living = living();
    while (!living.isEmpty() && System.nanoTime() - deadline < 0) {
      try {
        Thread.sleep(PAUSE.toMillis());
      } catch (InterruptedException e) {
        interrupted = true;
      }
      living = living();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return living;
  }

  private Set<ProcessHandle> living() {
    Set<ProcessHandle> all = new LinkedHashSet<>();
    all.add(command.toHandle());
    command.descendants().forEach(all::add);
    addOurs(all);
    all.removeIf(process -> !process.isAlive());
    return all;
  }

  private void addOurs(Set<ProcessHandle> all) {
    for (Path process : processes()) {
      if (isOurs(process)) {
        ProcessHandle.of(pid(process)).ifPresent(all::add);
      }
    }
  }

  private static List<Path> processes() {
    if (!Files.isDirectory(PROC)) {
      return List.of();
    }
    List<Path> all = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      processes.forEach(all::add);
    } catch (IOException e) {
      throw new IllegalStateException("/proc cannot be listed", e);
    }
    return all;
  }

  /**
   * The processes with a higher id than the command's; all processes if the ids have wrapped
   * around.
   */
  private List<Path> startedSince() {
    long newest = newestPid();
    if (newest < command.pid()) {
      return processes();
    }
    if (newest - command.pid() > MAX_CHECKED_PIDS) {
      return processes().stream().filter(process -> pid(process) > command.pid()).toList();
    }
    return LongStream.rangeClosed(command.pid() + 1, newest)
        .mapToObj(Long::toString)
        .filter(pid -> exists(PROC_NAME, pid) && !exists(OWN_THREADS, pid))
        .map(PROC::resolve)
        .toList();
  }

  /** Uses {@link File}, because {@link Files} creates an exception for a missing file. */
  private static boolean exists(String directory, String name) {
    return new File(directory, name).exists();
  }

  private static long pid(Path process) {
    return Long.parseLong(process.getFileName().toString());
  }

  /**
   * The process id that the kernel has given out last; 0 if it is not known. Ids wrap around one
   * day.
   */
  private static long newestPid() {
    try {
      String load = Files.readString(PROC.resolve("loadavg")).strip();
      return Long.parseLong(load.substring(load.lastIndexOf(' ') + 1));
    } catch (IOException | NumberFormatException notLinux) {
      return 0;
    }
  }

  /**
   * Whether this attempt has started the process. A process without an environment, because it is
   * in execve(2) or was given none, is recognised by the command's pipes or, if these are not
   * known, by its environment a moment later.
   */
  private boolean isOurs(Path process) {
    String environment = environment(process);
    if (marks.areIn(environment) || marks.areStandardInputOf(process)) {
      return true;
    }
    if (!environment.isEmpty() || !isProgram(process)) {
      return false;
    }
    return pipes.areKnown() ? pipes.heldBy(process) : marks.areIn(environmentSoon(process));
  }

  private static String environmentSoon(Path process) {
    String environment = "";
    for (int read = 1; environment.isEmpty() && read < MAX_READS; read++) {
      LockSupport.parkNanos(BECOMING_NANOS);
      environment = environment(process);
    }
    return environment;
  }

  /** False for threads of the kernel and for ended processes, which have no environment either. */
  static boolean isProgram(Path process) {
    return Files.exists(process.resolve("exe"));
  }

  /** The environment, with a zero byte after each variable; empty for another user's process. */
  private static String environment(Path process) {
    try {
      return Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) { // the process has ended, or is another user's
      return "";
    }
  }
}
