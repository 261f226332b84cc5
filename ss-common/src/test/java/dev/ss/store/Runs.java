package dev.ss.store;

import dev.ss.job.ErrorCode;
import dev.ss.job.JobState;
import dev.ss.job.NextStep;
import dev.ss.job.Output;
import dev.ss.job.RunOutcome;
import dev.ss.job.RunResult;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** Ways for an attempt to end. */
final class Runs {
  static final NextStep SUCCEED = new NextStep.Finish(JobState.SUCCEEDED);
  static final NextStep FAIL = new NextStep.Finish(JobState.FAILED);
  static final NextStep TRY_AGAIN_AT_ONCE = new NextStep.Requeue(Duration.ZERO, false);
  static final NextStep GIVE_BACK = new NextStep.Requeue(Duration.ZERO, true);

  private Runs() {}

  static RunResult succeeded(String stdout) {
    return RunResult.exited(0, text(stdout), Output.empty());
  }

  static RunResult failed(String stderr) {
    return RunResult.exited(3, Output.empty(), text(stderr));
  }

  static RunResult interrupted() {
    return RunResult.killed(
        RunOutcome.INTERRUPTED, ErrorCode.INTERRUPTED, text("cut short"), Output.empty());
  }

  static RunResult lost() {
    return RunResult.killed(RunOutcome.LOST, ErrorCode.WORKER_LOST, Output.empty(), Output.empty());
  }

  static RunResult cancelled() {
    return RunResult.killed(
        RunOutcome.CANCELLED, ErrorCode.CANCELLED, text("so far"), Output.empty());
  }

  static Output text(String text) {
    return new Output(text.getBytes(StandardCharsets.UTF_8), false);
  }
}
