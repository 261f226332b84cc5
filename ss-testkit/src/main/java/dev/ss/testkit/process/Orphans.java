package dev.ss.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Finds processes that belong to finished jobs. */
public final class Orphans {
  private static final Path PROC = Path.of("/proc");
  private static final String MARK = "SS_JOB_ID=";
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private Orphans() {}

  /** Counts the processes of these jobs, after giving them some time to end, and kills them. */
  public static int of(Set<String> jobIds) {
    Waiting.within(PATIENCE, () -> living(jobIds).isEmpty());
    List<Path> left = living(jobIds);
    left.forEach(Orphans::kill);
    return left.size();
  }

  private static List<Path> living(Set<String> jobIds) {
    List<Path> living = new ArrayList<>();
    try (DirectoryStream<Path> processes = Files.newDirectoryStream(PROC, "[0-9]*")) {
      for (Path process : processes) {
        if (belongs(process, jobIds)) {
          living.add(process);
        }
      }
      return living;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean belongs(Path process, Set<String> jobIds) {
    try {
      byte[] environment = Files.readAllBytes(process.resolve("environ"));
      for (String variable : new String(environment, StandardCharsets.UTF_8).split("\0", -1)) {
        if (variable.startsWith(MARK) && jobIds.contains(variable.substring(MARK.length()))) {
          return true;
        }
      }
      return false;
    } catch (IOException goneOrNotOurs) {
      return false;
    }
  }

  private static void kill(Path process) {
    ProcessHandle.of(Long.parseLong(process.getFileName().toString()))
        .ifPresent(ProcessHandle::destroyForcibly);
  }
}
