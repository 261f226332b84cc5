package dev.ss.bench.jobs;

import dev.ss.worker.run.Runner;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

/**
 * The runners of a worker's process, made once, because each takes a directory for its commands.
 */
final class Runners {
  private final Path directory;
  private final String workerId;
  private final Map<Handler, Runner> made = new EnumMap<>(Handler.class);

  Runners(Path directory, String workerId) {
    this.directory = directory;
    this.workerId = workerId;
  }

  Runner of(Handler handler) {
    return made.computeIfAbsent(handler, each -> each.runner(directory, workerId));
  }
}
