package dev.ss.api.submit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.job.JobEvent;
import dev.ss.job.JobType;
import dev.ss.job.NewJob;
import dev.ss.job.TraceParent;
import dev.ss.metrics.JobMetrics;
import dev.ss.metrics.RejectionReason;
import dev.ss.store.DatabaseUnavailableException;
import dev.ss.store.Submissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Checks submissions against what is configured, stores them, and counts what became of each. */
public final class SubmissionHandler {
  private final JobFactory jobFactory;
  private final QueueAdmission queueAdmission;
  private final InFlightSubmissions inFlight = new InFlightSubmissions();
  private final long maxInputBytes;
  private final JobMetrics metrics;
  private final JobMetrics.Rejections rejections;

  /**
   * Submissions of these job types.
   *
   * @param maxInputBytes of one input, in UTF-8
   */
  public SubmissionHandler(
      Submissions submissions,
      QueueLimit limit,
      Map<String, JobType> jobTypes,
      long maxInputBytes,
      JobMetrics metrics,
      JobMetrics.Rejections rejections,
      Clock clock) {
    this.jobFactory = new JobFactory(jobTypes, maxInputBytes, clock);
    this.queueAdmission = new QueueAdmission(submissions, limit);
    this.maxInputBytes = maxInputBytes;
    this.metrics = metrics;
    this.rejections = rejections;
  }

  /**
   * The largest body to read: an input of the largest size, every byte of it written as JSON's
   * longest escape, and something for the rest.
   */
  public long maxBodyBytes() {
    return 6 * maxInputBytes + 16 * 1024;
  }

  /**
   * Stores the submission.
   *
   * @return created or repeated
   * @throws ProblemException if the submission is refused
   */
  public Outcome submit(
      byte[] body, Optional<String> idempotencyKey, Optional<TraceParent> traceParent) {
    return inside(
        () -> {
          Outcome outcome = submitOne(body, idempotencyKey, traceParent);
          if (outcome instanceof Outcome.Refused refused) {
            throw refused.problem();
          }
          return outcome;
        });
  }

  private Outcome submitOne(
      byte[] body, Optional<String> idempotencyKey, Optional<TraceParent> traceParent) {
    NewJob job;
    try {
      job = jobFactory.of(SubmitBody.parse(body), idempotencyKey, traceParent);
    } catch (ProblemException e) {
      throw counted(e);
    }
    return store(List.of(job)).get(0);
  }

  /**
   * Stores all submissions of a batch that are not refused, or none.
   *
   * @param traceParent for each of them
   * @return what became of each, in their order
   * @throws ProblemException if the batch is refused, or each of its items for the one reason that
   *     the queue is full
   */
  public List<Outcome> submitAll(byte[] body, Optional<TraceParent> traceParent) {
    return inside(() -> submitItems(body, traceParent));
  }

  private List<Outcome> submitItems(byte[] body, Optional<TraceParent> traceParent) {
    List<Item> items;
    try {
      items = BatchBody.parse(body, json -> item(json, traceParent));
    } catch (ProblemException e) {
      throw counted(e);
    }
    List<NewJob> jobs = items.stream().flatMap(item -> item.job().stream()).toList();
    items.forEach(item -> item.refused().ifPresent(refused -> counted(refused.problem())));
    Iterator<Outcome> stored = store(jobs).iterator();
    List<Outcome> outcomes =
        items.stream()
            .map(item -> item.refused().<Outcome>map(same -> same).orElseGet(stored::next))
            .toList();
    throwIfNothingFits(outcomes);
    return outcomes;
  }

  /**
   * Refuses submissions from now on, as {@link ProblemCode#UNAVAILABLE}, and waits until those that
   * have come before are counted, or the time is over.
   */
  public void close(Duration limit) {
    inFlight.close(limit);
  }

  private <T> T inside(Supplier<T> work) {
    try {
      inFlight.enter();
    } catch (ProblemException closed) {
      throw counted(closed);
    }
    try {
      return work.get();
    } finally {
      inFlight.leave();
    }
  }

  /** Refuses a submission, or a batch of them, before its body is looked at. */
  public ProblemException refuse(ProblemCode code, String detail) {
    return counted(new ProblemException(code, detail));
  }

  /** Either of the two. */
  private record Item(Optional<NewJob> job, Optional<Outcome.Refused> refused) {}

  private Item item(JsonNode json, Optional<TraceParent> traceParent) {
    try {
      SubmitBody.Item item = SubmitBody.item(json);
      return new Item(
          Optional.of(jobFactory.of(item.body(), item.idempotencyKey(), traceParent)),
          Optional.empty());
    } catch (ProblemException e) {
      return new Item(Optional.empty(), Optional.of(new Outcome.Refused(e)));
    }
  }

  private List<Outcome> store(List<NewJob> jobs) {
    if (jobs.isEmpty()) {
      return List.of();
    }
    try {
      List<Outcome> outcomes = queueAdmission.store(jobs);
      outcomes.forEach(this::count);
      return outcomes;
    } catch (DatabaseUnavailableException e) {
      jobs.forEach(job -> rejections.rejected(RejectionReason.UNAVAILABLE));
      throw e;
    }
  }

  private void count(Outcome outcome) {
    if (outcome instanceof Outcome.Refused refused) {
      counted(refused.problem());
    } else {
      metrics.happened(
          outcome instanceof Outcome.Created ? JobEvent.CREATED : JobEvent.DEDUPLICATED);
    }
  }

  private ProblemException counted(ProblemException problem) {
    rejections.rejected(Refusal.reason(problem.code()));
    return problem;
  }

  private static void throwIfNothingFits(List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      if (!(outcome instanceof Outcome.Refused refused)
          || refused.problem().code() != ProblemCode.QUEUE_FULL) {
        return;
      }
    }
    throw ((Outcome.Refused) outcomes.get(0)).problem();
  }
}
