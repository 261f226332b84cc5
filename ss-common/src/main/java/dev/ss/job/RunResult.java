package dev.ss.job;

import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * How an attempt's command ended. Expected failures are results, not exceptions.
 *
 * @param exitCode the exit code of the command; empty unless the command ended by itself
 * @param errorCode why the attempt did not succeed; empty if it did
 * @param resources what the command used
 */
public record RunResult(
    RunOutcome outcome,
    Optional<Integer> exitCode,
    Optional<ErrorCode> errorCode,
    Output stdout,
    Output stderr,
    Resources resources) {

  /** A result without the resources that the command used. */
  public RunResult(
      RunOutcome outcome,
      Optional<Integer> exitCode,
      Optional<ErrorCode> errorCode,
      Output stdout,
      Output stderr) {
    this(outcome, exitCode, errorCode, stdout, stderr, Resources.UNKNOWN);
  }

  /** The command ended by itself, with this exit code. */
  public static RunResult exited(int exitCode, Output stdout, Output stderr) {
    return exitCode == 0
        ? new RunResult(RunOutcome.SUCCEEDED, Optional.of(0), Optional.empty(), stdout, stderr)
        : new RunResult(
            RunOutcome.FAILED,
            Optional.of(exitCode),
            Optional.of(ErrorCode.COMMAND_FAILED),
            stdout,
            stderr);
  }

  /** The command was killed for this reason. */
  public static RunResult killed(RunOutcome outcome, ErrorCode why, Output stdout, Output stderr) {
    return new RunResult(outcome, Optional.empty(), Optional.of(why), stdout, stderr);
  }

  /**
   * The command never ran.
   *
   * @param reason is stored as the standard error output
   */
  public static RunResult couldNotRun(String reason) {
    return new RunResult(
        RunOutcome.FAILED,
        Optional.empty(),
        Optional.of(ErrorCode.COULD_NOT_RUN),
        Output.empty(),
        new Output(reason.getBytes(StandardCharsets.UTF_8), false));
  }

  /** The same result of a command that used this. */
  public RunResult using(Resources used) {
    return new RunResult(outcome, exitCode, errorCode, stdout, stderr, used);
  }

  /** The same end of a command that failed because it had used up its memory limit. */
  public RunResult outOfMemory() {
    return new RunResult(
        RunOutcome.OUT_OF_MEMORY,
        exitCode,
        Optional.of(ErrorCode.OUT_OF_MEMORY),
        stdout,
        stderr,
        resources);
  }
}
