package dev.ss.testkit.process;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Looks at processes by their ids. */
public final class LivingProcesses {
  private LivingProcesses() {}

  /** Returns whether a process runs. A process that has ended unseen by its parent does not. */
  public static boolean isRunning(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent() && !isZombie(pid);
  }

  /** See proc(5): the state follows the command's name in parentheses. */
  private static boolean isZombie(long pid) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(pid), "stat"));
      return stat.charAt(stat.lastIndexOf(')') + 2) == 'Z';
    } catch (IOException goneOrNotLinux) {
      return false;
    }
  }
}
