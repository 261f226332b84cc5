package dev.ss.worker.run;

import dev.ss.job.Attempt;
import dev.ss.job.RunResult;

/** Does the work of an attempt. */
public interface Runner {
  /**
   * Runs until the work ends, or is ended by the switch, by its timeout or by an interrupt.
   *
   * @param input for the command's standard input
   * @return how it ended; whatever goes wrong is a result too
   */
  RunResult run(Attempt attempt, byte[] input, KillSwitch killSwitch);
}
