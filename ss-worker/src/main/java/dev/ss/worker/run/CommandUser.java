package dev.ss.worker.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;

/**
 * A user that commands run as.
 *
 * @param user the number of the user
 * @param group the number of the user's group
 * @param launcher becomes the command after it has become the user, for good
 */
record CommandUser(String name, long user, long group, List<String> launcher) {
  /**
   * Creates the user.
   *
   * @param setpriv the path of util-linux's program
   */
  static CommandUser of(String name, long user, long group, Path setpriv) {
    return new CommandUser(
        name,
        user,
        group,
        List.of(
            setpriv.toString(),
            "--reuid=" + user,
            "--regid=" + group,
            "--init-groups",
            // A worker that is not root passes its own capabilities on.
            "--inh-caps=-all",
            "--ambient-caps=-all",
            "--no-new-privs",
            "--"));
  }

  /** Makes the file or directory the user's. */
  void own(Path path) throws IOException {
    // The group first: the user may be the last that this process can still change.
    Files.setAttribute(path, "unix:gid", (int) group, LinkOption.NOFOLLOW_LINKS);
    Files.setAttribute(path, "unix:uid", (int) user, LinkOption.NOFOLLOW_LINKS);
  }

  /** Whether the process with this directory in {@code /proc} is the user's. */
  boolean runs(Path process) {
    try {
      return Files.getAttribute(process, "unix:uid").equals((int) user);
    } catch (IOException gone) {
      return false;
    }
  }
}
