package dev.ss.worker.run;

import dev.ss.boot.StartupException;
import java.io.IOException;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users that this worker's commands run as. With one for each slot, an attempt has its user to
 * itself, and all that runs as that user ends with the attempt. A single user is shared.
 */
public final class CommandUsers {
  private static final Logger LOG = LoggerFactory.getLogger(CommandUsers.class);
  private static final String KEY = "worker.runAs (SS_WORKER_RUN_AS)";
  private static final Path PROC = Path.of("/proc");
  private static final long END_LIMIT_SECONDS = 30;

  /** Prints 0 if the directory cannot be entered, or the position of a program that cannot run. */
  private static final String CHECK =
      """
      cd "$1" 2>/dev/null || { echo 0; exit; }
      shift
      position=0
      for program; do
        position=$((position + 1))
        [ -x "$program" ] || { echo $position; exit; }
      done
      """;

  /**
   * Kills what the user still runs, if the user is the attempt's own, and empties the directory.
   * The user does it, so it can reach no more than the command could.
   */
  private static final String CLEAR =
      """
      [ "$2" = own ] && kill -KILL -1
      chmod -R u+rwx "$1"
      rm -rf "$1"
      """;

  private final List<CommandUser> all;
  private final boolean own;
  private final Path shell;
  private final Queue<CommandUser> free;

  /** Held until the process ends. */
  private final List<FileLock> locks = new ArrayList<>();

  private CommandUsers(List<CommandUser> all, boolean own, Path shell) {
    this.all = all;
    this.own = own;
    this.shell = shell;
    this.free = new ConcurrentLinkedQueue<>(all);
  }

  /**
   * Looks the users up; empty if none are named.
   *
   * @throws StartupException if there is no such user, or the worker may not run commands as others
   */
  public static Optional<CommandUsers> named(List<String> names, int slots, Commands commands) {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    Set<Capability> lacking = Capability.lacking();
    if (!lacking.isEmpty()) {
      throw new StartupException(
          KEY, "the worker must be root or have these capabilities too: " + lacking);
    }
    Path setpriv = program("setpriv", commands);
    Path id = program("id", commands);
    program("chown", commands);
    List<CommandUser> users =
        names.stream()
            .map(
                name ->
                    CommandUser.of(name, number(id, "-u", name), number(id, "-g", name), setpriv))
            .toList();
    users.stream()
        .filter(user -> user.user() == 0)
        .forEach(
            user -> {
              throw new StartupException(KEY, "commands must not run as " + user.name());
            });
    return Optional.of(new CommandUsers(users, users.size() >= slots, program("sh", commands)));
  }

  private static Path program(String name, Commands commands) {
    return commands
        .installed(name)
        .orElseThrow(
            () ->
                new StartupException(KEY, "there is no program " + name + " on the worker's PATH"));
  }

  private static long number(Path id, String option, String name) {
    try {
      return Long.parseLong(HelperProcess.output(List.of(id.toString(), option, name)));
    } catch (IOException | NumberFormatException e) {
      throw new StartupException(KEY, "there is no user " + name);
    }
  }

  /**
   * Lets the users into the work directory, and reserves those that are to be an attempt's own.
   *
   * @throws StartupException if another worker has a user, or a user runs something else, or cannot
   *     reach the work directory or a program
   */
  public void take(WorkDirectory directory, Commands commands) {
    try {
      directory.makePassable();
      for (CommandUser user : all) {
        if (own) {
          reserve(user, directory);
        }
        check(user, directory, commands);
      }
    } catch (IOException e) {
      throw new StartupException(KEY, "it cannot be used: " + e.getMessage());
    }
  }

  private void reserve(CommandUser user, WorkDirectory directory) throws IOException {
    locks.add(
        directory
            .lockBeside(".user-" + user.name())
            .orElseThrow(
                () ->
                    new StartupException(
                        KEY, "the user %s is another worker's".formatted(user.name()))));
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (user.runs(process) && ProcessTree.isProgram(process)) {
          throw new StartupException(
              KEY,
              "the user %s must be for commands alone, and process %s runs as it"
                  .formatted(user.name(), process.getFileName()));
        }
      }
    }
  }

  private void check(CommandUser user, WorkDirectory directory, Commands commands)
      throws IOException {
    List<Commands.Command> each = commands.all();
    List<String> check =
        Stream.of(
                user.launcher(),
                List.of(shell.toString(), "-c", CHECK, "ss-check", directory.path().toString()),
                each.stream().map(command -> command.arguments().get(0)).toList())
            .flatMap(List::stream)
            .toList();
    String problem = HelperProcess.output(check);
    if (problem.equals("0")) {
      throw new StartupException(
          "worker.workDirectory (SS_WORK_DIRECTORY)",
          "the user %s of worker.runAs cannot reach it: the directories above it need the permission"
                  .formatted(user.name())
              + " x for others, or choose another place");
    }
    if (!problem.isEmpty()) {
      Commands.Command command = each.get(Integer.parseInt(problem) - 1);
      throw new StartupException(
          "jobTypes.%s.command".formatted(command.type().name()),
          "the user %s of worker.runAs may not execute %s"
              .formatted(user.name(), command.arguments().get(0)));
    }
  }

  /** Whether each attempt has a user of its own. */
  boolean areOwn() {
    return own;
  }

  /** The user for an attempt, which gives it back when nothing is left of the attempt. */
  CommandUser borrow() {
    return own ? free.remove() : all.get(0);
  }

  /** Takes the user back. */
  void giveBack(CommandUser user) {
    if (own) {
      free.add(user);
    }
  }

  /** Ends what the user's attempt has left running, and empties its directory. */
  void clear(CommandUser user, Path directory) throws IOException {
    List<String> clear = new ArrayList<>(user.launcher());
    clear.addAll(List.of(shell.toString(), "-c", CLEAR, "ss-clear", directory.toString()));
    if (own) {
      clear.add("own");
    }
    Process process = HelperProcess.start(clear);
    // Not waitFor: a worker that stops interrupts this thread, which must clear up all the same.
    process
        .onExit()
        .completeOnTimeout(process, END_LIMIT_SECONDS, TimeUnit.SECONDS)
        .thenAccept(CommandUsers::warnIfRunning)
        .join();
  }

  private static void warnIfRunning(Process process) {
    if (process.isAlive()) {
      process.destroyForcibly();
      LOG.warn("The files of an attempt could not be removed in {} s.", END_LIMIT_SECONDS);
    }
  }
}
