package dev.ss.worker.run;

import dev.ss.boot.StartupException;
import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The users that this worker's commands run as. With one for each slot, an attempt has its user to
 * itself, and all that runs as that user ends with the attempt. A single user is shared.
 */
public final class CommandUsers {
  private static final Logger LOG = LoggerFactory.getLogger(CommandUsers.class);
  private static final long END_LIMIT_SECONDS = 30;

  /** All that the user runs, but this shell. Nothing can start processes faster than it kills. */
  private static final String KILL = "kill -KILL -1";

  private static final String EMPTY = "chmod -R u+rwx \"$1\"; rm -rf \"$1\"";

  private final boolean own;
  private final CommandUser first;
  private final Queue<CommandUser> free;
  private final Path shell;

  private CommandUsers(List<CommandUser> users, boolean own, Path shell) {
    this.own = own;
    this.first = users.get(0);
    this.free = new ConcurrentLinkedQueue<>(users);
    this.shell = shell;
  }

  /**
   * Prepares the users with these names, and lets them into the work directory; empty without
   * names.
   *
   * @throws StartupException if the worker may not run commands as others, or if one of the users
   *     cannot be used
   */
  public static Optional<CommandUsers> named(
      List<String> names, int slots, WorkDirectory directory, Commands commands) {
    if (names.isEmpty()) {
      return Optional.empty();
    }
    CommandUserChecks checks = new CommandUserChecks(directory, commands);
    List<CommandUser> users = names.stream().map(checks::user).toList();
    boolean own = users.size() >= slots;
    if (own) {
      users.forEach(checks::reserve);
    }
    users.forEach(checks::tryOut);
    return Optional.of(new CommandUsers(users, own, checks.program("sh")));
  }

  /** Whether each attempt has a user of its own. */
  boolean areOwn() {
    return own;
  }

  /** The user for an attempt, which gives it back when nothing is left of the attempt. */
  CommandUser borrow() {
    return own ? free.remove() : first;
  }

  /** Takes the user back. */
  void giveBack(CommandUser user) {
    if (own) {
      free.add(user);
    }
  }

  /** Removes an attempt's directory. Before that, ends what the attempt's own user still runs. */
  void clear(CommandUser user, Path directory) throws IOException {
    if (own) {
      run(user, KILL, directory);
    }
    try {
      Files.deleteIfExists(directory);
    } catch (DirectoryNotEmptyException e) {
      // The user does it, because it can reach no more than the command could.
      run(user, EMPTY, directory);
      Files.deleteIfExists(directory);
    }
  }

  private void run(CommandUser user, String script, Path directory) throws IOException {
    List<String> command = new ArrayList<>(user.launcher());
    command.addAll(List.of(shell.toString(), "-c", script, "ss-clear", directory.toString()));
    Process process = HelperProcess.start(command);
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
      LOG.warn("What an attempt has left could not be cleared away in {} s.", END_LIMIT_SECONDS);
    }
  }
}
