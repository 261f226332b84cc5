package dev.ss.worker.run;

import dev.ss.job.RunResult;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What keeps one attempt in its place. */
final class Confined implements AutoCloseable {
  /** An attempt that may do what the worker may. */
  static final Confined NOT = new Confined(List.of(), Optional.empty(), Optional.empty());

  /** The name under which the shell of a launcher complains. */
  static final String SHELL_NAME = "ss-launch";

  private final List<String> launcher;
  private final Optional<Cgroup> cgroup;
  private final Optional<BorrowedUser> user;

  /** A user for the time of one attempt. */
  record BorrowedUser(CommandUser user, CommandUsers users) {}

  Confined(List<String> launcher, Optional<Cgroup> cgroup, Optional<BorrowedUser> user) {
    this.launcher = launcher;
    this.cgroup = cgroup;
    this.user = user;
  }

  /** What starts before the command, confines itself and becomes the command. */
  List<String> launcher() {
    return launcher;
  }

  /** Finds out what the command and all that it starts use. */
  Usage usage(ProcessTree tree) {
    return cgroup.<Usage>map(CgroupUsage::new).orElseGet(() -> new TreeUsage(tree));
  }

  /** Makes the command's user the owner. */
  void own(Path path) throws IOException {
    if (user.isPresent()) {
      user.get().user().own(path);
    }
  }

  /** Removes a directory that the command could change, and ends what its own user still runs. */
  void remove(Path directory) throws IOException {
    if (user.isPresent()) {
      user.get().users().clear(user.get().user(), directory);
    } else {
      DirectoryRemoval.remove(directory);
    }
  }

  /**
   * Returns the result, unless the launcher failed before it became the command. The launcher's
   * exit codes may also be a command's; only the launcher complains in its own name, and in one
   * line.
   */
  RunResult unlessNotLaunched(RunResult result) {
    String said = new String(result.stderr().bytes(), StandardCharsets.UTF_8);
    boolean failed =
        !launcher.isEmpty()
            && result.exitCode().filter(code -> code != 0).isPresent()
            && result.stdout().bytes().length == 0
            && Stream.of(SHELL_NAME, "setpriv", "prlimit")
                .anyMatch(name -> said.startsWith(name + ": "))
            && said.lines().count() == 1;
    return failed
        ? RunResult.couldNotRun("The worker could not start the command: " + said)
        : result;
  }

  /** Ends what is left of the attempt. Its directory must have been removed. */
  @Override
  public void close() {
    cgroup.ifPresent(Cgroup::close);
    user.ifPresent(borrowed -> borrowed.users().giveBack(borrowed.user()));
  }
}
