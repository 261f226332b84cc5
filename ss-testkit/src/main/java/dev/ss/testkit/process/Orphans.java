package dev.ss.testkit.process;

import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Finds processes that belong to finished jobs. */
public final class Orphans {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private Orphans() {}

  /** Counts the processes of these jobs, after giving them some time to end, and kills them. */
  public static int of(Set<String> jobIds) {
    Waiting.within(PATIENCE, () -> living(jobIds).isEmpty());
    List<ProcessHandle> left = living(jobIds);
    left.forEach(ProcessHandle::destroyForcibly);
    return left.size();
  }

  private static List<ProcessHandle> living(Set<String> jobIds) {
    return ProcessHandle.allProcesses()
        .filter(
            process ->
                LivingProcesses.variable(process.pid(), "SS_JOB_ID")
                    .filter(jobIds::contains)
                    .isPresent())
        .toList();
  }
}
