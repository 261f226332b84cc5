package dev.ss.worker.run;

import dev.ss.boot.StartupException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** Finds out at the start whether commands can run as other users, and says what is in the way. */
final class CommandUserChecks {
  private static final String KEY = "worker.runAs (SS_WORKER_RUN_AS)";
  private static final Path PROC = Path.of("/proc");

  /** Prints 0 if the directory cannot be entered, or the position of a program that cannot run. */
  private static final String TRIAL =
      """
      cd "$1" 2>/dev/null || { echo 0; exit; }
      shift
      position=0
      for program; do
        position=$((position + 1))
        [ -x "$program" ] || { echo $position; exit; }
      done
      """;

  private final WorkDirectory directory;
  private final Commands commands;
  private final Path id;
  private final Path setpriv;

  /**
   * Lets others pass through the work directory.
   *
   * @throws StartupException if the worker lacks rights or programs
   */
  CommandUserChecks(WorkDirectory directory, Commands commands) {
    Set<Capability> lacking = Capability.lacking();
    if (!lacking.isEmpty()) {
      throw refused("the worker must be root or have these capabilities too: " + lacking);
    }
    this.directory = directory;
    this.commands = commands;
    this.id = program("id");
    this.setpriv = program("setpriv");
    program("chown");
    try {
      directory.makePassable();
    } catch (IOException e) {
      throw refused("the work directory cannot be made passable: " + e);
    }
  }

  private static StartupException refused(String reason) {
    return new StartupException(KEY, reason);
  }

  /** Finds a program that it takes. */
  Path program(String name) {
    return commands
        .installed(name)
        .orElseThrow(() -> refused("there is no program " + name + " on the worker's PATH"));
  }

  /** Looks the user up. */
  CommandUser user(String name) {
    CommandUser user = CommandUser.of(name, number("-u", name), number("-g", name), setpriv);
    if (user.user() == 0 || user.runs(PROC.resolve("self"))) {
      throw refused("%s is root or the worker's own user".formatted(name));
    }
    return user;
  }

  private long number(String option, String name) {
    try {
      return Long.parseLong(HelperProcess.output(List.of(id.toString(), option, name)));
    } catch (IOException | NumberFormatException e) {
      throw refused("there is no user " + name);
    }
  }

  /** Makes sure that the user is for commands of this worker alone. */
  void reserve(CommandUser user) {
    if (!directory.locks(".user-" + user.name())) {
      throw refused("the user %s is another worker's".formatted(user.name()));
    }
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (user.runs(process) && ProcessTree.isProgram(process)) {
          throw refused(
              "the user %s must be for commands alone, and process %s runs as it"
                  .formatted(user.name(), process.getFileName()));
        }
      }
    } catch (IOException e) {
      throw refused("/proc cannot be listed: " + e);
    }
  }

  /** Becomes the user, enters the work directory and looks at the programs. */
  void tryOut(CommandUser user) {
    List<Commands.Command> all = commands.all();
    String problem = trial(user, all);
    if (problem.equals("0")) {
      throw new StartupException(
          "worker.workDirectory (SS_WORK_DIRECTORY)",
          "the user %s of worker.runAs cannot reach it; choose a place that others may pass to"
              .formatted(user.name()));
    }
    if (!problem.isEmpty()) {
      Commands.Command command = all.get(Integer.parseInt(problem) - 1);
      throw new StartupException(
          "jobTypes.%s.command".formatted(command.type().name()),
          "the user %s of worker.runAs may not execute %s"
              .formatted(user.name(), command.arguments().get(0)));
    }
  }

  private String trial(CommandUser user, List<Commands.Command> all) {
    Stream<String> shell =
        Stream.of(program("sh").toString(), "-c", TRIAL, "ss-trial", directory.path().toString());
    Stream<String> programs = all.stream().map(command -> command.arguments().get(0));
    try {
      return HelperProcess.output(
          Stream.of(user.launcher().stream(), shell, programs).flatMap(part -> part).toList());
    } catch (IOException e) {
      throw refused("no command can run as %s: %s".formatted(user.name(), e.getMessage()));
    }
  }
}
