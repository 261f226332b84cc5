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
import java.util.stream.LongStream;

/**
 * A command and everything it has started. Descendants are found through their parents and, on
 * Linux, also by the attempt's {@link Marks} or the streams they write to: a process whose parent
 * has ended is nobody's descendant any more.
 */
final class ProcessTree {
  private static final String PROC_NAME = "/proc";
  private static final String OWN_THREADS = "/proc/self/task";
  private static final Path PROC = Path.of(PROC_NAME);

  /** To look at each of so many process ids is cheaper than to list all processes. */
  private static final int FEW = 64;

  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

  /** See execve(2): the new program's environment comes a moment after the old one's has gone. */
  private static final int LOOKS = 5;

  private static final long BECOMING_NANOS = 1_000_000;

  private final Process command;
  private final Marks marks;
  private final Pipes pipes;

  /**
   * Of a command that has just been started.
   *
   * @param marks what it was started with
   */
  ProcessTree(Process command, Marks marks) {
    this.command = command;
    this.marks = marks;
    this.pipes = Pipes.of(PROC.resolve(Long.toString(command.pid())));
  }

  /**
   * Whether something that the command has started still holds its streams, on Linux.
   *
   * @param fresh that the command was started a moment ago, and so all that it has started has a
   *     higher process id; spares looking at all others
   */
  boolean holdsStreams(boolean fresh) {
    return (fresh ? startedSince() : processes())
        .stream().filter(this::isOurs).anyMatch(pipes::heldBy);
  }

  /** Asks all to end, and kills those that are still there after {@code grace}. */
  void end(Duration grace) {
    Set<ProcessHandle> living = living();
    if (!grace.isZero()) {
      living.forEach(ProcessHandle::destroy);
      living = livingAfter(grace);
    }
    long deadline = System.nanoTime() + KILL_LIMIT.toNanos();
    while (!living.isEmpty() && System.nanoTime() - deadline < 0) {
      living.forEach(ProcessHandle::destroyForcibly);
      // A killed process may have started another in its last moment.
      living = livingAfter(PAUSE);
    }
  }

  /** Waits until all have ended or the time is over, even on an interrupted thread. */
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

  /** Those with a higher process id than the command; all where ids have started again from 1. */
  private List<Path> startedSince() {
    long newest = newestPid();
    if (newest < command.pid()) {
      return processes();
    }
    if (newest - command.pid() > FEW) {
      return processes().stream().filter(process -> pid(process) > command.pid()).toList();
    }
    return LongStream.rangeClosed(command.pid() + 1, newest)
        .mapToObj(Long::toString)
        .filter(pid -> exists(PROC_NAME, pid) && !exists(OWN_THREADS, pid))
        .map(PROC::resolve)
        .toList();
  }

  /** For a missing file, {@link Files} makes an exception. */
  private static boolean exists(String directory, String name) {
    return new File(directory, name).exists();
  }

  private static long pid(Path process) {
    return Long.parseLong(process.getFileName().toString());
  }

  /**
   * The last process id given out, which starts again from below one day; 0 where it is unknown.
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
   * Whether this attempt has started it. What has no environment, because it is just becoming
   * another program or was given none, is known by the command's streams.
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
    for (int look = 1; environment.isEmpty() && look < LOOKS; look++) {
      LockSupport.parkNanos(BECOMING_NANOS);
      environment = environment(process);
    }
    return environment;
  }

  /** The kernel's own threads are none, and have no environment either; nor has what has ended. */
  private static boolean isProgram(Path process) {
    return Files.exists(process.resolve("exe"));
  }

  /** With a zero after each variable; empty for that of another user's process. */
  private static String environment(Path process) {
    try {
      return Files.readString(process.resolve("environ"), StandardCharsets.ISO_8859_1);
    } catch (IOException gone) { // or another user's
      return "";
    }
  }
}
