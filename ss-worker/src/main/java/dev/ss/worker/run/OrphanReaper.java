package dev.ss.worker.run;

import io.dropwizard.lifecycle.Managed;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A small process beside the worker, on Linux. When the worker is gone, for whatever reason, it
 * kills the processes that the running attempts have started. It reads from a pipe to which the
 * worker never writes, and which the kernel closes when the worker ends.
 */
public final class OrphanReaper implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(OrphanReaper.class);

  /** Longer than the five seconds for which the reaper tries. */
  private static final Duration END_LIMIT = Duration.ofSeconds(10);

  /** After this many replacements, a reaper evidently cannot run on this machine. */
  private static final int MAX_REPLACEMENTS = 10;

  private final List<String> program;
  private final Path attempts;
  private @Nullable Process process;
  private int replacements;
  private @Nullable CompletableFuture<Void> ended;
  private boolean stopped;

  private OrphanReaper(List<String> program, Path attempts) {
    this.program = program;
    this.attempts = attempts;
  }

  /** Whether this machine has {@code /proc} and {@code sh}, which a reaper needs. */
  static boolean isPossible(Commands commands) {
    return program(commands).isPresent();
  }

  /** Creates a reaper for the attempts in this directory, if this machine can run one. */
  public static Optional<OrphanReaper> over(WorkDirectory directory, Commands commands) {
    Optional<OrphanReaper> reaper =
        program(commands).map(program -> new OrphanReaper(program, directory.path()));
    if (reaper.isEmpty()) {
      LOG.info(
          "There is no /proc or no sh: processes that commands start may outlive a killed worker.");
    }
    return reaper;
  }

  /**
   * Kills the processes that an earlier run of the worker left behind, and removes their directory.
   */
  static void sweep(Path attempts, Commands commands) throws IOException {
    Optional<List<String>> program = program(commands);
    if (program.isPresent()) {
      Process sweeper = new OrphanReaper(program.get(), attempts).launch();
      sweeper.getOutputStream().close();
      if (!endsInTime(sweeper)) {
        sweeper.destroyForcibly();
        LOG.warn("Processes of an earlier run of this worker could not be killed in time.");
      }
    }
  }

  private static Optional<List<String>> program(Commands commands) {
    if (!Files.isDirectory(Path.of("/proc/self"))) {
      return Optional.empty();
    }
    return commands.installed("sh").map(sh -> program(commands, sh));
  }

  private static List<String> program(Commands commands, Path sh) {
    List<String> program = new ArrayList<>();
    // In a session of its own, so that Ctrl-C in the worker's terminal does not reach the reaper.
    commands.installed("setsid").ifPresent(setsid -> program.add(setsid.toString()));
    program.addAll(List.of(sh.toString(), "-c", script(), "ss-reaper"));
    return program;
  }

  private static String script() {
    try (InputStream file = OrphanReaper.class.getResourceAsStream("reaper.sh")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public synchronized void start() throws IOException {
    Process launched = launch();
    process = launched;
    ended = launched.onExit().thenRun(this::replace);
  }

  /** Starts a new reaper after one has ended while the worker lives. */
  private synchronized void replace() {
    if (stopped) {
      return;
    }
    if (replacements == MAX_REPLACEMENTS) {
      LOG.warn("The reaper has ended again: commands may outlive this worker if it is killed.");
      return;
    }
    replacements++;
    LOG.warn("The reaper has ended; the worker starts another.");
    try {
      start();
    } catch (IOException e) {
      LOG.warn("No reaper can be started: commands may outlive this worker if it is killed.", e);
    }
  }

  /** Has the reaper kill the processes that are left, and waits until it ends. */
  @Override
  public synchronized void stop() throws IOException {
    stopped = true;
    if (process == null || ended == null) {
      return; // it could not be started
    }
    ended.cancel(false);
    process.getOutputStream().close();
    if (!endsInTime(process)) {
      LOG.warn("The reaper did not end in time.");
    }
  }

  private Process launch() throws IOException {
    List<String> command = new ArrayList<>(program);
    command.add(attempts.toString());
    return HelperProcess.start(command);
  }

  private static boolean endsInTime(Process process) {
    try {
      return process.waitFor(END_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
