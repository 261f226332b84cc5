package dev.ss.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.Attempt;
import dev.ss.job.JobType;
import dev.ss.job.RunResult;
import dev.ss.system.LivingProcesses;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CommandRunnerTest {
  @TempDir private Path directory;

  private CommandRunner running(String script) {
    JobType type =
        new JobType(
            "script", List.of("sh", "-c", script), Duration.ofMinutes(1), 1, Optional.empty());
    Commands commands = new Commands(List.of(type), Optional.ofNullable(System.getenv("PATH")));
    return new CommandRunner(
        commands,
        WorkDirectory.take(directory, "worker-1", UUID.randomUUID(), commands),
        1_000,
        Duration.ofSeconds(5));
  }

  private static Attempt attempt() {
    Instant now = Instant.EPOCH;
    return new Attempt(UUID.randomUUID(), "script", 1, 1, 1, now, now, now, Optional.empty());
  }

  /**
   * It cannot be known by its environment, but it writes where the command did. So it is, for a
   * moment, with any process that is just becoming another program.
   */
  @Test
  void whatHasNoEnvironmentIsEndedWithItsStreams() {
    RunResult result =
        running("env -i sleep 300 & echo $!; sleep 1")
            .run(attempt(), new byte[0], new KillSwitch());
    long left = Long.parseLong(new String(result.stdout().bytes(), StandardCharsets.UTF_8).strip());
    assertThat(LivingProcesses.isRunning(left)).isFalse();
  }
}
