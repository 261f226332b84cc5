package dev.ss.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.Attempt;
import dev.ss.job.ErrorCode;
import dev.ss.job.RunOutcome;
import dev.ss.job.RunResult;
import dev.ss.testkit.unit.CapturedLog;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an attempt's parameters and its timeout do to its command. */
class ParametersTest {
  @TempDir private Path directory;

  private RunResult run(Attempt attempt, String... command) {
    Commands commands =
        Attempts.commands(
            Map.of("size", "[^x]+x.*", "format", ".*"), Map.of("format", "png"), command);
    return Attempts.runner(Attempts.take(newDirectory(), commands), commands)
        .run(attempt, Attempts.NO_INPUT, new KillSwitch(), () -> {});
  }

  private Path newDirectory() {
    return directory.resolve(UUID.randomUUID().toString());
  }

  private static Attempt attempt(Map<String, String> parameters) {
    return Attempts.attempt(parameters, Optional.empty());
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  private List<String> printed(Map<String, String> parameters, String... arguments) {
    String[] command = new String[arguments.length + 2];
    command[0] = "printf";
    command[1] = "%s\\0";
    System.arraycopy(arguments, 0, command, 2, arguments.length);
    RunResult result = run(attempt(parameters), command);
    assertThat(result.outcome()).as(text(result.stderr().bytes())).isEqualTo(RunOutcome.SUCCEEDED);
    return List.of(text(result.stdout().bytes()).split("\0", -1));
  }

  @Test
  void theCommandGetsTheValuesInItsArguments() {
    assertThat(printed(Map.of("size", "8x6"), "{size}", "a-{size}.{format}", "{{size}}", "{ }"))
        .containsExactly("8x6", "a-8x6.png", "{size}", "{ }", "");
    assertThat(printed(Map.of("size", "8x6", "format", "jpg"), "{size}.{format}"))
        .containsExactly("8x6.jpg", "");
  }

  /** Neither a shell nor anything else reads it on its way. */
  @Test
  void aValueIsOneArgumentWhateverItIs() {
    String value = "$HOME x `id` '; exit 1; \" * {format} \\0 größer 🦆";

    assertThat(printed(Map.of("size", value), "{size}", "<{size}>", "{format}"))
        .containsExactly(value, "<" + value + ">", "png", "");
  }

  @Test
  void aJobWhoseParametersDoNotFitThisWorkersConfigurationCouldNotBeRun() {
    assertCouldNotRun(
        Map.of("size", "secret"),
        "This worker's script has a pattern for size that the job's value does not match.\n");
    assertCouldNotRun(Map.of(), "This worker's script needs the parameter size.\n");
    assertCouldNotRun(
        Map.of("size", "8x6", "color", "secret"), "This worker's script has no parameter color.\n");
  }

  private void assertCouldNotRun(Map<String, String> parameters, String log) {
    try (CapturedLog worker = CapturedLog.ofLogger(CommandRunner.class.getName())) {
      RunResult result = run(attempt(parameters), "touch", "{size}", "{format}");

      assertThat(result.outcome()).isEqualTo(RunOutcome.FAILED);
      assertThat(result.errorCode()).contains(ErrorCode.COULD_NOT_RUN);
      assertThat(text(result.stderr().bytes())).isEqualTo(log);
      assertThat(worker.text())
          .contains("its parameters do not fit jobTypes.script.parameters")
          .doesNotContain("secret");
    }
  }

  @Test
  void theTimeoutOfAJobEndsItsCommand() {
    RunResult result =
        run(
            Attempts.attempt(Map.of("size", "0x300"), Optional.of(Duration.ofMillis(100))),
            "sh",
            "-c",
            "exec sleep 300",
            "{size}",
            "{format}");

    assertThat(result.outcome()).as(text(result.stderr().bytes())).isEqualTo(RunOutcome.TIMED_OUT);
  }
}
