package dev.ss.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.Attempt;
import dev.ss.job.RunOutcome;
import dev.ss.job.RunResult;
import dev.ss.testkit.process.LivingProcesses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandRunnerTest {
  @TempDir private Path directory;

  private CommandRunner running(String script) {
    Commands commands = Attempts.commands("sh", "-c", script);
    return Attempts.runner(Attempts.take(directory.resolve("work"), commands), commands);
  }

  private static String text(RunResult result) {
    return new String(result.stdout().bytes(), StandardCharsets.UTF_8);
  }

  /**
   * It cannot be known by its environment, but it writes where the command did. So it is, for a
   * moment, with any process that is just becoming another program.
   */
  @Test
  void whatHasNoEnvironmentIsEndedWithItsStreams() {
    RunResult result =
        running("env -i sleep 300 & echo $!; sleep 1")
            .run(Attempts.attempt(), Attempts.NO_INPUT, new KillSwitch(), () -> {});
    long left = Long.parseLong(text(result).strip());
    assertThat(LivingProcesses.isRunning(left)).isFalse();
  }

  @Test
  void endingAnAttemptEndsNothingOfAnotherAttemptThatHasItsNumber() throws Exception {
    CommandRunner runner = running("echo $$ >\"$(cat)\"; exec sleep 300");
    UUID job = UUID.randomUUID();
    Started old = start(runner, Attempts.attempt(job, 1));
    Started current = start(runner, Attempts.attempt(job, 2));
    try {
      old.killSwitch.kill(KillSwitch.Reason.LEASE_LOST);
      assertThat(old.result().outcome()).isEqualTo(RunOutcome.LOST);

      assertThat(LivingProcesses.isRunning(old.pid())).isFalse();
      assertThat(LivingProcesses.isRunning(current.pid())).isTrue();
    } finally {
      current.killSwitch.kill(KillSwitch.Reason.CANCELLED);
    }
    assertThat(current.result().outcome()).isEqualTo(RunOutcome.CANCELLED);
  }

  @Test
  void whatAnAttemptStartedIsEndedAlsoWhereItHasAnotherHomeAndAnotherParent() throws Exception {
    CommandRunner runner =
        running("(cd /; HOME=/ sleep 300 >/dev/null 2>&1 & echo $! >\"$(cat)\"); exec sleep 300");
    Started started = start(runner, Attempts.attempt());
    started.killSwitch.kill(KillSwitch.Reason.CANCELLED);
    started.result();
    assertThat(LivingProcesses.isRunning(started.pid())).isFalse();
  }

  @Test
  void aCommandOfAStoppingWorkerHasTheUsualTimeToEndByItself() throws Exception {
    Started started =
        start(
            running(
                "trap 'echo asked; exit' TERM; echo $$ >\"$(cat)\"; while :; do sleep 0.05; done"),
            Attempts.attempt());
    started.killSwitch.kill(KillSwitch.Reason.STOPPING);
    RunResult result = started.result();
    assertThat(result.outcome()).isEqualTo(RunOutcome.INTERRUPTED);
    assertThat(text(result)).isEqualTo("asked\n");
  }

  @Test
  void anAttemptLeavesNoFiles() throws Exception {
    running("mkdir -p a/b; touch a/b/c; chmod 555 a/b a .")
        .run(
            Attempts.attempt(),
            InputSource.of("input".getBytes(StandardCharsets.UTF_8)),
            new KillSwitch(),
            () -> {});
    try (var files = Files.walk(directory.resolve("work").resolve("worker-1"))) {
      assertThat(files.filter(file -> file.toString().contains("1."))).isEmpty();
    }
  }

  private Started start(CommandRunner runner, Attempt attempt) {
    Path pid = directory.resolve("pid-" + UUID.randomUUID());
    KillSwitch killSwitch = new KillSwitch();
    byte[] input = pid.toString().getBytes(StandardCharsets.UTF_8);
    Started started =
        new Started(
            killSwitch,
            CompletableFuture.supplyAsync(
                () -> runner.run(attempt, InputSource.of(input), killSwitch, () -> {}),
                task -> new Thread(task).start()),
            pid);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> Files.exists(pid) && Files.size(pid) > 0);
    return started;
  }

  /** An attempt whose command has written a process id into the file that is its input. */
  private record Started(KillSwitch killSwitch, CompletableFuture<RunResult> end, Path file) {
    RunResult result() throws Exception {
      return end.get(30, TimeUnit.SECONDS);
    }

    long pid() throws IOException {
      return Long.parseLong(Files.readString(file).strip());
    }
  }
}
