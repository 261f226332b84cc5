package dev.ss.bench.jobs;

import dev.ss.job.Output;
import dev.ss.job.RunResult;
import dev.ss.worker.run.CommandRunner;
import dev.ss.worker.run.Commands;
import dev.ss.worker.run.Confinement;
import dev.ss.worker.run.OutputSink;
import dev.ss.worker.run.Runner;
import dev.ss.worker.run.WorkDirectory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** What a job does. */
enum Handler {
  NOTHING("nothing") {
    @Override
    Runner runner(Path directory, String workerId) {
      return (attempt, input, killSwitch, commandEnded) -> DONE;
    }
  },

  TEN_MILLIS("waits 10 ms") {
    @Override
    Runner runner(Path directory, String workerId) {
      return (attempt, input, killSwitch, commandEnded) -> {
        Waiting.millis(10);
        return DONE;
      };
    }
  },

  PROCESS("/bin/true") {
    @Override
    Runner runner(Path directory, String workerId) {
      Commands commands = new Commands(List.of(OurApi.TYPE), Optional.empty());
      return new CommandRunner(
          commands,
          WorkDirectory.take(directory.resolve("work"), workerId, UUID.randomUUID(), commands),
          Confinement.of(commands, Optional.empty()),
          1 << 20,
          Duration.ofSeconds(2),
          OutputSink.NONE);
    }
  };

  private static final RunResult DONE = RunResult.exited(0, Output.empty(), Output.empty());

  private final String title;

  Handler(String title) {
    this.title = title;
  }

  /** The name in the tables of results. */
  String title() {
    return title;
  }

  /** Makes a runner. It takes the worker's directory, so it is called once for each worker's id. */
  abstract Runner runner(Path directory, String workerId);
}
