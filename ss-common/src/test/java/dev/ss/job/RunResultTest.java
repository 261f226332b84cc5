package dev.ss.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RunResultTest {
  private static final Output STDOUT = new Output(new byte[] {1}, true);
  private static final Output STDERR = new Output(new byte[] {2}, false);

  @Test
  void exitCodeZeroIsSuccess() {
    assertThat(RunResult.exited(0, STDOUT, STDERR))
        .isEqualTo(
            new RunResult(RunOutcome.SUCCEEDED, Optional.of(0), Optional.empty(), STDOUT, STDERR));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 127, 137, 255, -1})
  void anyOtherExitCodeIsAFailure(int exitCode) {
    assertThat(RunResult.exited(exitCode, STDOUT, STDERR))
        .isEqualTo(
            new RunResult(
                RunOutcome.FAILED,
                Optional.of(exitCode),
                Optional.of(ErrorCode.COMMAND_FAILED),
                STDOUT,
                STDERR));
  }

  @Test
  void aKilledCommandHasNoExitCodeButWhatItWrote() {
    assertThat(RunResult.killed(RunOutcome.TIMED_OUT, ErrorCode.TIMED_OUT, STDOUT, STDERR))
        .isEqualTo(
            new RunResult(
                RunOutcome.TIMED_OUT,
                Optional.empty(),
                Optional.of(ErrorCode.TIMED_OUT),
                STDOUT,
                STDERR));
  }

  @Test
  void aCommandThatRanOutOfMemoryKeepsItsExitCodeAndWhatItWrote() {
    assertThat(RunResult.exited(137, STDOUT, STDERR).outOfMemory())
        .isEqualTo(
            new RunResult(
                RunOutcome.OUT_OF_MEMORY,
                Optional.of(137),
                Optional.of(ErrorCode.OUT_OF_MEMORY),
                STDOUT,
                STDERR));
  }

  @Test
  void aCommandThatCouldNotRunSaysWhyInTheLog() {
    RunResult result = RunResult.couldNotRun("no space left");

    assertThat(result.outcome()).isEqualTo(RunOutcome.FAILED);
    assertThat(result.errorCode()).contains(ErrorCode.COULD_NOT_RUN);
    assertThat(result.exitCode()).isEmpty();
    assertThat(result.stdout().bytes()).isEmpty();
    assertThat(result.stderr().bytes()).asString().isEqualTo("no space left");
  }
}
