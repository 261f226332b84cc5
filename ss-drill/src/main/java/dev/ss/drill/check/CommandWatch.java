package dev.ss.drill.check;

import dev.ss.testkit.process.Waiting;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/** Continuously looks for two commands of the same job at once. */
public final class CommandWatch implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private final Set<String> doubled = ConcurrentHashMap.newKeySet();
  private final Thread thread = new Thread(this::watch, "command-watch");
  private volatile boolean closed;

  private CommandWatch() {}

  /** Starts to look. */
  public static CommandWatch start() {
    CommandWatch watch = new CommandWatch();
    watch.thread.setDaemon(true);
    watch.thread.start();
    return watch;
  }

  private void watch() {
    while (!closed) {
      Map<String, List<LivingCommand>> ofJob =
          LivingCommand.all().stream().collect(Collectors.groupingBy(LivingCommand::jobId));
      ofJob.forEach(
          (jobId, commands) -> {
            // Looks again, because one may have ended before the other began.
            if (attempts(commands) > 1
                && attempts(commands.stream().filter(LivingCommand::isAlive).toList()) > 1) {
              doubled.add(jobId);
            }
          });
      Waiting.pause(PAUSE);
    }
  }

  private static long attempts(Collection<LivingCommand> commands) {
    return commands.stream().map(LivingCommand::directory).distinct().count();
  }

  /** Returns whether two commands of this job have been seen at once. */
  public boolean sawTwoOf(String jobId) {
    return doubled.contains(jobId);
  }

  @Override
  public void close() {
    closed = true;
    Waiting.forEndOf(thread);
  }
}
