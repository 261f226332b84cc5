package dev.ss.drill.machine;

import dev.ss.testkit.process.Directories;
import dev.ss.testkit.process.LivingProcesses;
import dev.ss.testkit.process.Shell;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * What drills leave behind when they fail or are killed: processes, mounts and files. {@code
 * bin/drill} runs this in a JVM of its own after the drills' JVM has ended, in whichever way.
 */
public final class Leftovers {
  private static final long EXIT_LIMIT_SECONDS = 10;

  private final Path directory;

  Leftovers(Path directory) {
    this.directory = directory;
  }

  /**
   * Ends the processes, removes the mounts, and deletes the files, or keeps them if drills failed.
   *
   * @param arguments the directory of the drills, and their exit code
   */
  public static void main(String[] arguments) {
    Path directory = Path.of(arguments[0]);
    if (!Files.isDirectory(directory)) {
      return; // the drills did not begin
    }
    Leftovers leftovers = new Leftovers(directory);
    leftovers.endProcesses();
    leftovers.unmount();
    if (arguments[1].equals("0")) {
      Directories.delete(directory);
    } else {
      leftovers.deletePostgres();
      System.err.println("bin/drill: logs and everything else that was written is in " + directory);
    }
  }

  /**
   * Kills the processes that work below the directory, as all of the drills do, and those that have
   * their home there, as all commands of jobs have.
   */
  void endProcesses() {
    List<ProcessHandle> left = ProcessHandle.allProcesses().filter(this::isOurs).toList();
    left.forEach(ProcessHandle::destroyForcibly);
    for (ProcessHandle each : left) {
      each.onExit().completeOnTimeout(each, EXIT_LIMIT_SECONDS, TimeUnit.SECONDS).join();
    }
  }

  private boolean isOurs(ProcessHandle process) {
    return worksHere(process)
        || LivingProcesses.variable(process.pid(), "HOME")
            .filter(home -> Path.of(home).startsWith(directory))
            .isPresent();
  }

  private boolean worksHere(ProcessHandle process) {
    try {
      return Files.readSymbolicLink(Path.of("/proc", Long.toString(process.pid()), "cwd"))
          .startsWith(directory);
    } catch (IOException goneOrNotOurs) {
      return false;
    }
  }

  private void unmount() {
    try (Stream<String> mounts = Files.lines(Path.of("/proc/mounts"))) {
      mounts
          .map(line -> line.split(" ", -1)[1])
          .filter(mounted -> Path.of(mounted).startsWith(directory))
          .toList()
          .forEach(mounted -> Shell.run(List.of("umount", mounted)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Deletes the large directories of PostgreSQL servers, which explain no failure. */
  private void deletePostgres() {
    try (Stream<Path> paths = Files.walk(directory, 2)) {
      paths
          .filter(path -> path.endsWith("postgresql") || path.endsWith("postgresql-data"))
          .toList()
          .forEach(Directories::delete);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
