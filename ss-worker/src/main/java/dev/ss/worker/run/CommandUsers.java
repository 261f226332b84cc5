package dev.ss.worker.run;

import dev.ss.boot.StartupException;
import java.io.IOException;
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
