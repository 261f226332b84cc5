package dev.ss.drill.machine;

import dev.ss.testkit.process.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Checks that this machine has what drills need. */
public final class Machine {
  private Machine() {}

  /**
   * Makes sure that the drills and their PostgreSQL can run here.
   *
   * @throws CannotRun if they cannot
   */
  public static void require() {
    if (!System.getProperty("os.name").equals("Linux")) {
      throw new CannotRun("the drills need Linux: signals, /proc, mounts and prlimit");
    }
    if (Shell.isRoot() && !hasUserNamespaces()) {
      throw new CannotRun(
          "PostgreSQL refuses to run as root, and user namespaces are not allowed here; run this"
              + " as another user");
    }
  }

  private static boolean hasUserNamespaces() {
    try {
      Shell.run(List.of("unshare", "-U", "true"));
      return true;
    } catch (IllegalStateException | UncheckedIOException refused) {
      return false;
    }
  }

  /**
   * Makes sure that programs are installed, which have the names of their Debian packages.
   *
   * @throws CannotRun if one is missing
   */
  public static void requirePrograms(String... names) {
    for (String name : names) {
      if (!Shell.isInstalled(name)) {
        throw new CannotRun("there is no " + name + "; Debian: apt-get install " + name);
      }
    }
  }

  /** Creates the directory for everything that drills write. */
  public static Path create(String directory) {
    try {
      return Files.createDirectories(Path.of(directory)).toRealPath();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
