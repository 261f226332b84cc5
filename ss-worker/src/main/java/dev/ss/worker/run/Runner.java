package dev.ss.worker.run;

import dev.ss.job.Attempt;
import dev.ss.job.RunResult;

/** Runs the work of an attempt. */
public interface Runner {
  /**
   * Runs until the work ends by itself, or the kill switch, the timeout or an interrupt ends it.
   *
   * @param input for the command's standard input
   * @param commandEnded is called when the command and what it started have ended, before what they
   *     wrote is stored; not if the command could not be started
   * @return how it ended; a failure to run it is a result too
   */
  RunResult run(Attempt attempt, InputSource input, KillSwitch killSwitch, Runnable commandEnded);
}
