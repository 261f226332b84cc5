package dev.ss.worker.run;

import dev.ss.job.CpuTime;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.DoubleSupplier;
import java.util.stream.Stream;

/**
 * Tells how much processor time each command has used, from the kernel's sum of all processes that
 * this one has started and waited for. So it also measures a command that ended before the first
 * look at it. Commands that end at the same moment divide what the sum has grown by. Thread-safe.
 */
final class WaitedTimes {
  private static final int MAX_BYTES = 1024;

  /** Kept open, because every attempt reads it; not a channel, which an interrupt would close. */
  private final Optional<RandomAccessFile> ownStat;

  private final byte[] buffer = new byte[MAX_BYTES];
  private final Set<Child> running = new HashSet<>();
  private CpuTime counted = CpuTime.NONE;

  /** A command that has been started. */
  final class Child {
    private final long pid;
    private final DoubleSupplier weight;
    private CpuTime share = CpuTime.NONE;

    private Child(long pid, DoubleSupplier weight) {
      this.pid = pid;
      this.weight = weight;
    }

    /**
     * What the command has used, with all its descendants that were waited for; empty outside
     * Linux. The command must have ended.
     */
    Optional<CpuTime> ended() {
      return endOf(this);
    }

    /** The kernel has added the command to the sum, and forgotten it. */
    private boolean isWaitedFor() {
      return !new File("/proc/" + pid).exists();
    }
  }

  WaitedTimes() {
    ownStat = open();
    newlyCounted();
  }

  private static Optional<RandomAccessFile> open() {
    try {
      // The main thread's file has the same sum as the process's, and does not add up all threads.
      return Optional.of(
          new RandomAccessFile("/proc/self/task/" + ProcessHandle.current().pid() + "/stat", "r"));
    } catch (IOException notLinux) {
      return Optional.empty();
    }
  }

  /**
   * Tells of a command that has just been started.
   *
   * @param weight estimates what the command has used, in any unit; commands share in this ratio
   */
  synchronized Child started(long pid, DoubleSupplier weight) {
    Child child = new Child(pid, weight);
    running.add(child);
    return child;
  }

  private synchronized Optional<CpuTime> endOf(Child ended) {
    if (!running.remove(ended)) { // another has ended at the same moment, and has shared with it
      return Optional.of(ended.share);
    }
    return newlyCounted()
        .map(
            added -> {
              List<Child> others = running.stream().filter(Child::isWaitedFor).toList();
              others.forEach(running::remove);
              share(added, Stream.concat(Stream.of(ended), others.stream()).toList());
              return ended.share;
            });
  }

  private static void share(CpuTime added, List<Child> children) {
    double sum = children.stream().mapToDouble(child -> child.weight.getAsDouble()).sum();
    for (Child child : children) {
      double part = sum > 0 ? child.weight.getAsDouble() / sum : 1.0 / children.size();
      child.share = new CpuTime(part(added.user(), part), part(added.system(), part));
    }
  }

  private static Duration part(Duration whole, double part) {
    return Duration.ofNanos(Math.round(whole.toNanos() * part));
  }

  /** What the kernel has added to the sum since the last call. */
  private Optional<CpuTime> newlyCounted() {
    return read()
        .map(
            now -> {
              CpuTime added = now.minus(counted);
              counted = now;
              return added;
            });
  }

  private Optional<CpuTime> read() {
    if (ownStat.isEmpty()) {
      return Optional.empty();
    }
    try {
      RandomAccessFile file = ownStat.get();
      file.seek(0);
      int length = Math.max(0, file.read(buffer));
      return Optional.of(
          ProcessLook.waitedFor(new String(buffer, 0, length, StandardCharsets.ISO_8859_1)));
    } catch (IOException unreadable) {
      return Optional.empty();
    }
  }
}
