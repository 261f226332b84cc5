package dev.ss.testkit.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/** Inspects processes by their ids. */
public final class LivingProcesses {
  private LivingProcesses() {}

  /** Returns whether a process runs. A zombie, which its parent has not waited for, does not. */
  public static boolean isRunning(long pid) {
    return ProcessHandle.of(pid).filter(ProcessHandle::isAlive).isPresent() && !isZombie(pid);
  }

  /**
   * Returns a variable of a process's environment. Empty also if the process has ended or belongs
   * to another user.
   */
  public static Optional<String> variable(long pid, String name) {
    String prefix = name + "=";
    try {
      byte[] environment = Files.readAllBytes(Path.of("/proc", Long.toString(pid), "environ"));
      return Stream.of(new String(environment, StandardCharsets.UTF_8).split("\0", -1))
          .filter(variable -> variable.startsWith(prefix))
          .map(variable -> variable.substring(prefix.length()))
          .findFirst();
    } catch (IOException goneOrNotOurs) {
      return Optional.empty();
    }
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
