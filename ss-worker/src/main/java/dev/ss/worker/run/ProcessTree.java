package dev.ss.worker.run;

import dev.ss.job.Attempt;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;

/**
 * A command and everything it has started. Children are found through their parents and, on Linux,
 * also by the job they carry in their environment: a process whose parent has ended belongs to
 * nobody's descendants any more.
 */
final class ProcessTree {
  private static final Path PROC = Path.of("/proc");
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final Duration KILL_LIMIT = Duration.ofSeconds(10);

  private final Process command;
  private final String[] marks;

  ProcessTree(Process command, Attempt attempt) {
    this.command = command;
    this.marks = new String[] {"SS_JOB_ID=" + attempt.jobId(), "SS_ATTEMPT=" + attempt.number()};
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
    addMarked(all);
    all.removeIf(process -> !process.isAlive());
    return all;
  }

  private void addMarked(Set<ProcessHandle> all) {
    if (!Files.isDirectory(PROC)) {
      return;
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (isMarked(process)) {
          handle(process).ifPresent(all::add);
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException("/proc cannot be listed", e);
    }
  }

  private boolean isMarked(Path process) {
    try {
      String environment =
          "\0"
              + new String(
                  Files.readAllBytes(process.resolve("environ")), StandardCharsets.ISO_8859_1);
      for (String mark : marks) {
        if (!environment.contains("\0" + mark + "\0")) {
          return false;
        }
      }
      return true;
    } catch (IOException gone) { // or another user's
      return false;
    }
  }

  private static Optional<ProcessHandle> handle(Path process) {
    return ProcessHandle.of(Long.parseLong(process.getFileName().toString()));
  }
}
