package dev.ss.drill.check;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A process that is a job's command or was started by one, found in {@code /proc}.
 *
 * @param directory the directory of its attempt, which no two attempts share
 */
public record LivingCommand(Path process, String jobId, String directory) {
  private static final Path PROC = Path.of("/proc");

  /** Returns all such processes on this machine, whichever drill they belong to. */
  static List<LivingCommand> all() {
    List<LivingCommand> all = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      processes.forEach(process -> read(process).ifPresent(all::add));
      return all;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the processes of this job. */
  public static List<LivingCommand> of(String jobId) {
    return all().stream().filter(each -> each.jobId.equals(jobId)).toList();
  }

  /**
   * Empty for a process that has ended but was not yet waited for, because it has no environment.
   */
  private static Optional<LivingCommand> read(Path process) {
    try {
      byte[] environment = Files.readAllBytes(process.resolve("environ"));
      String[] variables = new String(environment, StandardCharsets.UTF_8).split("\0", -1);
      Optional<String> jobId = value(variables, "SS_JOB_ID=");
      Optional<String> directory = value(variables, "HOME=");
      return jobId.map(job -> new LivingCommand(process, job, directory.orElse("")));
    } catch (IOException goneOrNotOurs) {
      return Optional.empty();
    }
  }

  private static Optional<String> value(String[] variables, String prefix) {
    return Stream.of(variables)
        .filter(each -> each.startsWith(prefix))
        .map(each -> each.substring(prefix.length()))
        .findFirst();
  }

  /** Whether the process is still there. */
  boolean isAlive() {
    return read(process).equals(Optional.of(this));
  }

  /** Kills the process, so that the next look finds only new ones. */
  public void kill() {
    if (isAlive()) {
      ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
          .ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
