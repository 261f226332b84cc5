package dev.ss.worker.run;

import dev.ss.job.Attempt;
import dev.ss.job.JobType;
import dev.ss.job.Limits;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What it takes to run a command as an attempt. */
final class Attempts {
  static final Duration GRACE = Duration.ofSeconds(5);

  static final InputSource NO_INPUT = InputSource.of(new byte[0]);

  private Attempts() {}

  static Commands commands(String... command) {
    return commands(Limits.NONE, command);
  }

  static Commands commands(Limits limits, String... command) {
    JobType type =
        new JobType("script", List.of(command), Duration.ofMinutes(1), 1, Optional.empty(), limits);
    return new Commands(List.of(type), Optional.ofNullable(System.getenv("PATH")));
  }

  static CommandRunner runner(WorkDirectory directory, Commands commands) {
    return runner(directory, commands, Confinement.of(commands, Optional.empty()));
  }

  static CommandRunner runner(WorkDirectory directory, Commands commands, Confinement confinement) {
    return new CommandRunner(commands, directory, confinement, 1_000, GRACE, OutputSink.NONE);
  }

  static WorkDirectory take(Path parent, Commands commands) {
    return WorkDirectory.take(parent, "worker-1", UUID.randomUUID(), commands);
  }

  static Attempt attempt() {
    return attempt(UUID.randomUUID(), 1);
  }

  /** The first attempt at the job, in this run. */
  static Attempt attempt(UUID job, int run) {
    Instant now = Instant.EPOCH;
    return new Attempt(job, "script", run, 1, 1, now, now, now, Optional.empty());
  }
}
