package dev.ss.api.submit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.api.metrics.RejectionMetrics;
import dev.ss.api.metrics.RejectionReason;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.job.JobEvent;
import dev.ss.job.JobType;
import dev.ss.job.NewJob;
import dev.ss.job.TraceParent;
import dev.ss.metrics.JobMetrics;
import dev.ss.store.DatabaseUnavailableException;
import dev.ss.store.Submissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** Checks submissions against the configuration, stores them, and counts their outcomes. */
public final class SubmissionHandler {
  private final JobFactory jobFactory;
  private final QueueAdmission queueAdmission;
  private final InFlightSubmissions inFlight = new InFlightSubmissions();
  private final long maxInputBytes;
  private final JobMetrics metrics;
  private final RejectionMetrics rejections;

  /**
   * @param maxInputBytes the maximum size of one input, in bytes of UTF-8
   */
  public SubmissionHandler(
      Submissions submissions,
      QueueLimit limit,
      Map<String, JobType> jobTypes,
      long maxInputBytes,
      JobMetrics metrics,
      RejectionMetrics rejections,
      Clock clock) {
    this.jobFactory = new JobFactory(jobTypes, maxInputBytes, clock);
    this.queueAdmission = new QueueAdmission(submissions, limit);
    this.maxInputBytes = maxInputBytes;
    this.metrics = metrics;
    this.rejections = rejections;
  }

  /**
   * The maximum size of a body, in bytes: an input of maximum size with each byte written as JSON's
   * longest escape (6 bytes), and 16 KiB for everything else.
   */
  public long maxBodyBytes() {
    return 6 * maxInputBytes + 16 * 1024;
  }

  /**
   * Stores the submission.
   *
   * @return {@link Outcome.Created} or {@link Outcome.Repeated}
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
   * Stores all submissions of a batch that are not refused, in one transaction.
   *
   * @param traceParent is stored with each of them
   * @return the outcomes, in the order of the items
   * @throws ProblemException if the batch is refused, or if every item is refused because the queue
   *     is full
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
   * Refuses submissions from now on, as {@link ProblemCode#UNAVAILABLE}, and waits up to {@code
   * limit} until the earlier ones are stored and counted.
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

  /** Counts and returns the refusal of a submission or a batch whose body has not been parsed. */
  public ProblemException refuse(ProblemCode code, String detail) {
    return counted(new ProblemException(code, detail));
  }

  /** An item of a batch: either a job or its refusal. */
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
