package dev.ss.testkit.model;

import dev.ss.testkit.model.History.Start;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Checks which commands ran, and that each stored output comes from the right one. */
final class Commands {
  /** The precision of observed times, in seconds. */
  private static final double TOLERANCE = 0.05;

  /**
   * Seconds within which a worker must have ended a command after its job ended or moved to another
   * worker.
   */
  private static final double GRACE = 5;

  private final History history;
  private final Silences silences;
  private final Findings findings;
  private final Map<Run, Start> starts = new HashMap<>();
  private final Map<Start, Run> runOf = new HashMap<>();
  private final List<Run> runs;

  Commands(History history, Collection<Run> runs, Silences silences, Findings findings) {
    this.history = history;
    this.runs = List.copyOf(runs);
    this.silences = silences;
    this.findings = findings;
  }

  /**
   * Checks all commands.
   *
   * @param outputs the stored outputs, by job
   * @param limits {@code maxRunning} by job type
   */
  void check(Map<String, String> outputs, Map<String, Integer> limits) {
    match();
    checkOverlaps();
    checkStale();
    checkOutputs(outputs);
    limits.forEach(this::checkLimit);
  }

  private void match() {
    for (Run run : runs) {
      Optional<Start> start = startOf(run);
      if (start.isEmpty()) {
        findings.add("a command runs that nobody started", words(run));
      } else if (runOf.putIfAbsent(start.get(), run) != null) {
        findings.add("one generation runs twice", words(run));
      } else {
        starts.put(run, start.get());
      }
    }
  }

  /**
   * The latest such start before the run, on the same worker if there is one: attempt numbers
   * repeat.
   */
  private Optional<Start> startOf(Run run) {
    List<Start> before =
        history.starts(run.jobId()).stream()
            .filter(each -> each.attempt() == run.attempt())
            .filter(each -> each.at() <= run.start() + History.CLOCKS)
            .toList();
    List<Start> here = before.stream().filter(each -> each.worker().equals(run.worker())).toList();
    return last(here).or(() -> last(before));
  }

  private static Optional<Start> last(List<Start> starts) {
    return starts.isEmpty() ? Optional.empty() : Optional.of(starts.get(starts.size() - 1));
  }

  private void checkOverlaps() {
    Map<String, List<Run>> byJob = runs.stream().collect(Collectors.groupingBy(Run::jobId));
    for (List<Run> ofJob : byJob.values()) {
      for (Run later : ofJob) {
        ofJob.stream()
            .filter(earlier -> earlier.process() == later.process() && !earlier.equals(later))
            .filter(earlier -> earlier.start() <= later.start())
            .filter(earlier -> earlier.until() > later.start() + TOLERANCE)
            .forEach(
                earlier ->
                    findings.add(
                        "one process runs two generations of a job at once",
                        words(earlier) + " and " + words(later)));
      }
    }
  }

  private void checkStale() {
    starts.forEach(
        (run, start) -> {
          if (run.until() > silences.deadline(run.process(), start.left(), GRACE)) {
            findings.add(
                "a command goes on whose job is another's or over",
                words(run) + ", left at %.2f".formatted(start.left()));
          }
        });
  }

  private void checkOutputs(Map<String, String> outputs) {
    for (String job : history.jobs()) {
      Step last = history.last(job).orElseThrow();
      if (last.state() == State.SUCCEEDED && !isOfLast(job, outputs.get(job))) {
        findings.add("the output is not that of the last generation", job);
      }
    }
  }

  private boolean isOfLast(String job, @Nullable String output) {
    return last(history.starts(job))
        .map(runOf::get)
        .filter(run -> run.end().isPresent() && (run.nonce() + "\n").equals(output))
        .isPresent();
  }

  private void checkLimit(String jobType, int limit) {
    List<Start> started =
        history.jobs().stream()
            .flatMap(job -> history.starts(job).stream())
            .filter(each -> each.jobType().equals(jobType))
            .toList();
    for (Start start : started) {
      if (started.stream().filter(each -> each.isSeenAt(start.committed())).count() > limit) {
        findings.add(
            "more than %d of %s are running at once".formatted(limit, jobType), start.toString());
      }
    }
    List<Run> limited =
        starts.entrySet().stream()
            .filter(each -> each.getValue().jobType().equals(jobType))
            .map(Map.Entry::getKey)
            .toList();
    for (Run run : limited) {
      long atOnce = limited.stream().filter(each -> countsAt(each, run.start())).count();
      if (atOnce > limit) {
        findings.add("more than %d of %s run at once".formatted(limit, jobType), words(run));
      }
    }
  }

  /**
   * Whether the run counts against the limit at this time. A run whose job has left it does not
   * count if its worker could not know of that.
   */
  private boolean countsAt(Run run, double time) {
    Start start = Objects.requireNonNull(starts.get(run));
    boolean runs = run.start() <= time && run.until() > time + TOLERANCE;
    return runs && (start.left() > time || !silences.within(run.process(), run.start(), time));
  }

  private static String words(Run run) {
    return "%s attempt %d by %s (%d) from %.2f to %.2f"
        .formatted(
            run.jobId(), run.attempt(), run.worker(), run.process(), run.start(), run.until());
  }
}
