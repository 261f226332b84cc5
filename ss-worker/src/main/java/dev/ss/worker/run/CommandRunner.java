package dev.ss.worker.run;

import dev.ss.job.Attempt;
import dev.ss.job.CommandStream;
import dev.ss.job.ErrorCode;
import dev.ss.job.Output;
import dev.ss.job.Resources;
import dev.ss.job.RunOutcome;
import dev.ss.job.RunResult;
import dev.ss.worker.run.Commands.Command;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the command of an attempt's job type as a process. */
public final class CommandRunner implements Runner {
  private static final Logger LOG = LoggerFactory.getLogger(CommandRunner.class);

  /**
   * How long a stream may stay open after its command has exited, before leftover processes are
   * ended.
   */
  private static final Duration STREAM_PATIENCE = Duration.ofMillis(200);

  private static final Duration READ_LIMIT = Duration.ofSeconds(5);

  /**
   * A hundredth of the time that a command has run: less than it has used if it was busy at all.
   */
  private static final double PRESUMED_SECONDS_PER_NANO = 1e-11;

  /** No machine uses up all its process ids in so short a time. */
  private static final Duration FRESH = Duration.ofSeconds(1);

  private final Commands commands;
  private final WorkDirectory workDirectory;
  private final Confinement confinement;
  private final long maxOutputBytes;
  private final Duration killGrace;
  private final OutputSink sink;
  private final List<String> launcher;
  private final WaitedTimes waited = new WaitedTimes();
  private final Looks looks = new Looks();
  private final ExecutorService readers = Executors.newCachedThreadPool(CommandRunner::reader);

  /**
   * @param workDirectory where attempts have their working directories
   * @param confinement keeps the commands in their place
   * @param maxOutputBytes how many bytes of each output stream are kept
   * @param killGrace the time between asking a command to end and killing it
   * @param sink stores what commands write
   */
  public CommandRunner(
      Commands commands,
      WorkDirectory workDirectory,
      Confinement confinement,
      long maxOutputBytes,
      Duration killGrace,
      OutputSink sink) {
    this.commands = commands;
    this.workDirectory = workDirectory;
    this.confinement = confinement;
    this.maxOutputBytes = maxOutputBytes;
    this.killGrace = killGrace;
    this.sink = sink;
    this.launcher = OrphanReaper.isPossible(commands) ? List.of() : endedByTheKernel(commands);
  }

  /**
   * The launcher with which the kernel kills the command when the worker ends; empty without
   * setpriv (util-linux). It is used only where no reaper can run.
   */
  private static List<String> endedByTheKernel(Commands commands) {
    return commands
        .installed("setpriv")
        .map(setpriv -> List.of(setpriv.toString(), "--pdeathsig", "KILL", "--"))
        .orElseGet(List::of);
  }

  private static Thread reader(Runnable work) {
    Thread thread = new Thread(work, "command-output");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public RunResult run(
      Attempt attempt, InputSource input, KillSwitch killSwitch, Runnable commandEnded) {
    Optional<Command> command = commands.of(attempt.jobType());
    if (command.isEmpty()) {
      return RunResult.couldNotRun("This worker has no job type " + attempt.jobType() + ".\n");
    }
    try (Confined confined = confinement.begin(attempt);
        AttemptDirectory directory =
            AttemptDirectory.create(workDirectory.path(), attempt, input, confined)) {
      Marks marks = new Marks(directory);
      Process process = start(commandLine(confined, command.get()), attempt, directory, marks);
      try (Streams streams = new Streams(process, attempt, directory)) {
        Run run = new Run(process, streams, marks, confined, command.get(), killSwitch);
        return confined.unlessNotLaunched(run.result(commandEnded));
      }
    } catch (IOException e) {
      LOG.warn("Job {} could not be run: {}", attempt.jobId(), e.toString());
      return RunResult.couldNotRun("The worker could not start the command.\n");
    }
  }

  private List<String> commandLine(Confined confined, Command command) {
    return Stream.of(launcher, confined.launcher(), command.arguments())
        .flatMap(List::stream)
        .toList();
  }

  private Process start(
      List<String> commandLine, Attempt attempt, AttemptDirectory directory, Marks marks)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(commandLine)
            .directory(directory.working().toFile())
            .redirectInput(directory.input().toFile());
    Map<String, String> environment = builder.environment();
    environment.clear();
    environment.put("SS_JOB_ID", attempt.jobId().toString());
    environment.put("SS_JOB_TYPE", attempt.jobType());
    environment.put("SS_ATTEMPT", Integer.toString(attempt.number()));
    environment.put("PATH", commands.path());
    environment.put("HOME", directory.working().toString());
    environment.put("SS_PROGRESS", directory.progress().path().toString());
    environment.put("LANG", "C.UTF-8");
    marks.addTo(environment);
    attempt.traceParent().ifPresent(trace -> environment.put("TRACEPARENT", trace.text()));
    return builder.start();
  }

  /** What a command writes. */
  private final class Streams implements AutoCloseable {
    private final StreamCapture output;
    private final StreamCapture log;
    private final OutputSink.Storing storing;

    Streams(Process process, Attempt attempt, AttemptDirectory directory) {
      output = capture(CommandStream.OUTPUT, process.getInputStream(), directory);
      log = capture(CommandStream.LOG, process.getErrorStream(), directory);
      storing = sink.begin(attempt, List.of(output, log), directory.progress());
    }

    private StreamCapture capture(
        CommandStream which, InputStream stream, AttemptDirectory directory) {
      return StreamCapture.start(
          which, stream, maxOutputBytes, directory.beside(which.wireName()), readers);
    }

    boolean endWithin(Duration limit) throws InterruptedException {
      return output.endsWithin(limit) && log.endsWithin(limit);
    }

    /** Stores what is large and returns the rest, for the attempt's end. */
    RunResult stored(BiFunction<Output, Output, RunResult> ended, KillSwitch killSwitch) {
      try {
        storing.finish(killSwitch);
        return ended.apply(stored(output), stored(log));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return ended.apply(Output.empty(), Output.empty());
      } catch (IOException e) {
        LOG.warn("What a command wrote cannot be read: {}", e.toString());
        return RunResult.couldNotRun("The worker could not keep what the command wrote.\n");
      }
    }

    private Output stored(StreamCapture stream) throws IOException {
      LiveStream.Extent extent = stream.extent();
      return storing.isInChunks(stream.stream())
          ? Output.inChunks(extent.isTruncated(), extent.written())
          : stream.output();
    }

    @Override
    public void close() {
      output.close();
      log.close();
    }
  }

  /** One run of a command, from its start to its end. */
  private final class Run {
    private final Process process;
    private final Streams streams;
    private final ProcessTree tree;
    private final Usage usage;
    private final WaitedTimes.Child child;
    private final Duration timeout;
    private final KillSwitch killSwitch;
    private final long begun = System.nanoTime();

    Run(
        Process process,
        Streams streams,
        Marks marks,
        Confined confined,
        Command command,
        KillSwitch killSwitch) {
      this.process = process;
      this.streams = streams;
      this.tree = new ProcessTree(process, marks);
      this.usage = confined.usage(tree);
      this.child = waited.started(process.pid(), this::presumedSeconds);
      this.timeout = command.type().timeout();
      this.killSwitch = killSwitch;
    }

    RunResult result(Runnable commandEnded) {
      BiFunction<Output, Output, RunResult> ended = endWhileLookedAt();
      Resources used = usage.end(child.ended());
      commandEnded.run();
      RunResult measured = streams.stored(ended, killSwitch).using(used);
      return measured.outcome() == RunOutcome.FAILED && usage.ranOutOfMemory()
          ? measured.outOfMemory()
          : measured;
    }

    private BiFunction<Output, Output, RunResult> endWhileLookedAt() {
      Looks.Looking looking = looks.begin(usage);
      try {
        return end();
      } finally {
        looking.close();
      }
    }

    /** The processor time that looks have seen, and a little for the time since. */
    private double presumedSeconds() {
      return usage.seconds() + (System.nanoTime() - begun) * PRESUMED_SECONDS_PER_NANO;
    }

    /** Waits for the end; what it returns still needs what the command wrote. */
    private BiFunction<Output, Output, RunResult> end() {
      try {
        CompletableFuture.anyOf(process.onExit(), killSwitch.thrown())
            .get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        if (killSwitch.thrown().isDone()) {
          KillSwitch.Reason reason = killSwitch.thrown().join();
          return killed(reason.outcome(), reason.errorCode(), reason.grace(killGrace));
        }
        return exited();
      } catch (TimeoutException e) {
        return killed(RunOutcome.TIMED_OUT, ErrorCode.TIMED_OUT, killGrace);
      } catch (InterruptedException e) { // the worker is stopping
        return killed(RunOutcome.INTERRUPTED, ErrorCode.INTERRUPTED, killGrace);
      } catch (ExecutionException e) {
        throw new IllegalStateException("neither of the two can fail", e);
      }
    }

    private BiFunction<Output, Output, RunResult> exited() throws InterruptedException {
      boolean closed = streams.endWithin(STREAM_PATIENCE);
      Set<Long> left = tree.left(isFresh());
      if (!left.isEmpty()) {
        usage.lookAt(left);
      }
      if (!closed || tree.holdStreams(left)) {
        // The command has exited, but a process that it started still holds its streams.
        tree.end(killGrace);
        awaitStreams();
      }
      int exitCode = process.exitValue();
      return (output, log) -> RunResult.exited(exitCode, output, log);
    }

    private boolean isFresh() {
      return System.nanoTime() - begun < FRESH.toNanos();
    }

    private BiFunction<Output, Output, RunResult> killed(
        RunOutcome outcome, ErrorCode errorCode, Duration grace) {
      usage.lookEverywhere();
      tree.end(grace);
      awaitStreams();
      return (output, log) -> RunResult.killed(outcome, errorCode, output, log);
    }

    private void awaitStreams() {
      try {
        if (!streams.endWithin(READ_LIMIT)) {
          LOG.warn("A command's streams stay open after its end; SS keeps the output so far.");
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
