package dev.ss.worker.run;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The pipes to which a command writes, by the names that Linux gives them; see proc(5). Java
 * reports the end of a stream when the command's process has ended, even while another process
 * still holds the pipe.
 */
final class Pipes {
  private static final String PREFIX = "pipe:";

  private final Set<String> names;

  private Pipes(Set<String> names) {
    this.names = names;
  }

  /** Reads the names for a command that was just started; none if it has ended already. */
  static Pipes of(Path process) {
    return new Pipes(
        Stream.of("1", "2")
            .map(descriptor -> target(process.resolve("fd").resolve(descriptor)))
            .filter(target -> target.startsWith(PREFIX))
            .collect(Collectors.toSet()));
  }

  /** Whether the command was still running when its pipes were looked up. */
  boolean areKnown() {
    return !names.isEmpty();
  }

  /**
   * Whether the process can write to one of these pipes, or to any pipe if the names are not known.
   * Only the writing end counts: the reading end has the same name, and belongs to the worker.
   */
  boolean heldBy(Path process) {
    try (DirectoryStream<Path> descriptors = Files.newDirectoryStream(process.resolve("fd"))) {
      for (Path descriptor : descriptors) {
        String target = target(descriptor);
        boolean one = names.isEmpty() ? target.startsWith(PREFIX) : names.contains(target);
        if (one && isToWrite(descriptor)) {
          return true;
        }
      }
      return false;
    } catch (IOException gone) { // the process has ended, or is another user's
      return false;
    }
  }

  private static boolean isToWrite(Path descriptor) {
    try {
      return Files.getPosixFilePermissions(descriptor, LinkOption.NOFOLLOW_LINKS)
          .contains(PosixFilePermission.OWNER_WRITE);
    } catch (IOException gone) {
      return false;
    }
  }

  private static String target(Path descriptor) {
    try {
      return Files.readSymbolicLink(descriptor).toString();
    } catch (IOException gone) {
      return "";
    }
  }
}
