package dev.ss.worker.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A JVM of its own, with nothing in its environment and so in the locale of POSIX. */
final class ChildJvm {
  private ChildJvm() {}

  static Process start(Class<?> main, String... arguments) throws IOException {
    return start(List.of(), main, arguments);
  }

  /** As a user whom the permissions of files bind, which they do not bind root. */
  static Process startBoundByPermissions(Class<?> main, String... arguments) throws IOException {
    return start(
        isRoot()
            ? List.of("setpriv", "--bounding-set=-all", "--inh-caps=-all", "--no-new-privs")
            : List.of(),
        main,
        arguments);
  }

  /** In this cgroup from its first instruction on. */
  static Process startIn(Path cgroup, Class<?> main, String... arguments) throws IOException {
    return start(
        List.of(
            "sh",
            "-c",
            "echo $$ >\"$1\" && shift && exec \"$@\"",
            "sh",
            cgroup.resolve("cgroup.procs").toString()),
        main,
        arguments);
  }

  /**
   * Which logs to its standard output.
   *
   * @param tags what it logs, such as {@code class+load}; see {@code -Xlog} in java(1)
   */
  static Process startLogging(String tags, Class<?> main, String... arguments) throws IOException {
    String option = "-Xlog:%s=info:stdout".formatted(tags);
    return start(List.of("env", "JDK_JAVA_OPTIONS=" + option), main, arguments);
  }

  static boolean isRoot() {
    try {
      return Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0);
    } catch (IOException notLinux) {
      return false;
    }
  }

  private static Process start(List<String> before, Class<?> main, String... arguments)
      throws IOException {
    List<String> command = new ArrayList<>(before);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx64m", "-cp", System.getProperty("java.class.path")));
    command.add(main.getName());
    Stream.of(arguments).forEach(command::add);
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT);
    builder.environment().keySet().removeIf(name -> !name.equals("PATH"));
    return builder.start();
  }
}
