package dev.ss.worker.run;

import dev.ss.job.CpuTime;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;

/**
 * What {@code /proc} says about a process at one moment; see proc(5).
 *
 * @param started when it started, in ticks since the machine did; with the id it names the process
 * @param cpu the processor time of the process, and of all its children that it has waited for
 * @param resident the bytes of memory that it has; 0 if it has ended
 * @param peak the most that it has had, in bytes
 * @param size the bytes of its address space
 */
record ProcessLook(
    long pid, long parent, long started, CpuTime cpu, long resident, long peak, long size) {
  /** The kernel tells every program of ticks of this length. */
  private static final Duration TICK = Duration.ofMillis(10);

  private static final int MAX_BYTES = 4096;
  private static final long KIBIBYTE = 1024;
  private static final int DECIMAL = 10;

  /** Fields of {@code stat}, counted from the one after the program's name. */
  private static final int PARENT = 1;

  private static final int USER = 11;
  private static final int SYSTEM = 12;
  private static final int CHILDREN_USER = 13;
  private static final int CHILDREN_SYSTEM = 14;
  private static final int STARTED = 19;
  private static final int SIZE = 20;

  /** Looks at a process; empty if there is none with this id, or there is no {@code /proc}. */
  static Optional<ProcessLook> at(long pid) {
    try {
      return Optional.of(of(pid, read(pid, "stat"), read(pid, "status")));
    } catch (IOException gone) {
      return Optional.empty();
    }
  }

  private static ProcessLook of(long pid, String stat, String status) {
    return new ProcessLook(
        pid,
        field(stat, PARENT),
        field(stat, STARTED),
        waitedFor(stat).plus(cpu(stat, USER, SYSTEM)),
        bytes(status, "VmRSS:"),
        bytes(status, "VmHWM:"),
        field(stat, SIZE));
  }

  /** The processor time of the children that the process of this {@code stat} has waited for. */
  static CpuTime waitedFor(String stat) {
    return cpu(stat, CHILDREN_USER, CHILDREN_SYSTEM);
  }

  /** The proportional set size in bytes: a page that n processes share counts as 1/n. */
  static Optional<Long> proportional(long pid) {
    try {
      return Optional.of(bytes(read(pid, "smaps_rollup"), "Pss:"));
    } catch (IOException notAllowed) {
      return Optional.empty();
    }
  }

  boolean isSameProcessAs(ProcessLook other) {
    return pid == other.pid && started == other.started;
  }

  /** After vfork(2), a process has the memory of its parent until it becomes another program. */
  boolean hasTheMemoryOf(ProcessLook other) {
    return size == other.size && peak == other.peak;
  }

  private static CpuTime cpu(String stat, int user, int system) {
    return new CpuTime(
        TICK.multipliedBy(field(stat, user)), TICK.multipliedBy(field(stat, system)));
  }

  /** Searches, because splitting takes longer than all the rest, and every attempt's end waits. */
  private static long field(String stat, int index) {
    int start = stat.lastIndexOf(')') + 2; // there may be spaces and parentheses in the name
    for (int i = 0; i < index; i++) {
      start = stat.indexOf(' ', start) + 1;
    }
    return Long.parseLong(stat, start, stat.indexOf(' ', start), DECIMAL);
  }

  private static long bytes(String lines, String name) {
    int start = lines.indexOf("\n" + name);
    if (start < 0) {
      return 0;
    }
    int end = lines.indexOf(" kB", start);
    return Long.parseLong(lines.substring(start + 1 + name.length(), end).strip()) * KIBIBYTE;
  }

  private static String read(long pid, String file) throws IOException {
    try (InputStream stream = new FileInputStream("/proc/" + pid + "/" + file)) {
      return new String(stream.readNBytes(MAX_BYTES), StandardCharsets.ISO_8859_1);
    }
  }
}
