package dev.ss.bench.measure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Reads from Linux how much processor time processes have used. */
public final class ProcessorTime {
  /** The same on every Linux that Java runs on, whatever the kernel's own tick. */
  private static final double TICKS_PER_SECOND = 100;

  private static final int USER_TIME = 11; // index in proc(5), minus the fields up to the name
  private static final int CHILDRENS_SYSTEM_TIME = 14;

  private ProcessorTime() {}

  /** Returns the seconds of a process and of its children that have ended. */
  public static double withChildren(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
      List<String> fields = List.of(stat.substring(stat.lastIndexOf(')') + 2).split(" "));
      return fields.subList(USER_TIME, CHILDRENS_SYSTEM_TIME + 1).stream()
              .mapToLong(Long::parseLong)
              .sum()
          / TICKS_PER_SECOND;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the seconds of a process and of all its children, including those that have ended. */
  public static double ofTree(long pid) {
    return withChildren(pid)
        + ProcessHandle.of(pid).orElseThrow().children().mapToDouble(each -> live(each)).sum();
  }

  /** A child that ends meanwhile is counted with its parent the next time. */
  private static double live(ProcessHandle process) {
    try {
      return withChildren(process.pid());
    } catch (UncheckedIOException e) {
      return 0;
    }
  }
}
