package dev.ss.drill.check;

import dev.ss.testkit.process.LivingProcesses;
import java.util.List;
import java.util.Optional;

/**
 * A process that is a job's command or was started by one.
 *
 * @param directory the directory of its attempt, which no two attempts share
 */
public record LivingCommand(long pid, String jobId, String directory) {

  /** Returns all such processes on this machine, whichever drill they belong to. */
  static List<LivingCommand> all() {
    return ProcessHandle.allProcesses().flatMap(process -> read(process.pid()).stream()).toList();
  }

  /** Returns the processes of this job. */
  public static List<LivingCommand> of(String jobId) {
    return all().stream().filter(each -> each.jobId.equals(jobId)).toList();
  }

  private static Optional<LivingCommand> read(long pid) {
    return LivingProcesses.variable(pid, "SS_JOB_ID")
        .map(job -> new LivingCommand(pid, job, LivingProcesses.variable(pid, "HOME").orElse("")));
  }

  /** Whether the process is still there. */
  boolean isAlive() {
    return read(pid).equals(Optional.of(this));
  }

  /** Kills the process, so that the next look finds only new ones. */
  public void kill() {
    if (isAlive()) {
      ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
    }
  }
}
