package dev.ss.api.submit;

import static dev.ss.api.submit.Refusal.because;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.config.JobTypeSection;
import dev.ss.job.JobEvent;
import dev.ss.job.JobType;
import dev.ss.job.NewJob;
import dev.ss.job.NewJob.Idempotency;
import dev.ss.job.TraceParent;
import dev.ss.metrics.JobMetrics;
import dev.ss.metrics.RejectionReason;
import dev.ss.store.DatabaseUnavailableException;
import dev.ss.store.Submissions;
import dev.ss.store.Submissions.Result;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Checks a submission against what is configured, stores it, and counts what became of it. */
public final class Submit {
  private static final int MAX_PRIORITY = 100;
  private static final Duration MAX_DELAY = Duration.ofDays(366);
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

  private final Submissions submissions;
  private final Map<String, JobType> jobTypes;
  private final long maxInputBytes;
  private final JobMetrics metrics;
  private final JobMetrics.Rejections rejections;
  private final Clock clock;
  private final TimeOrderedEpochFactory ids;

  /**
   * Submissions of these job types.
   *
   * @param maxInputBytes of one input, in UTF-8
   */
  public Submit(
      Submissions submissions,
      Map<String, JobType> jobTypes,
      long maxInputBytes,
      JobMetrics metrics,
      JobMetrics.Rejections rejections,
      Clock clock) {
    this.submissions = submissions;
    this.jobTypes = Map.copyOf(jobTypes);
    this.maxInputBytes = maxInputBytes;
    this.metrics = metrics;
    this.rejections = rejections;
    this.clock = clock;
    this.ids = TimeOrderedEpochFactory.builder().withInstantFunction(clock::instant).build();
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
  public Result submit(
      byte[] body, Optional<String> idempotencyKey, Optional<TraceParent> traceParent) {
    try {
      return submissionOf(body, idempotencyKey, traceParent);
    } catch (ProblemException e) {
      rejections.rejected(Refusal.reason(e.code()));
      throw e;
    } catch (DatabaseUnavailableException e) {
      rejections.rejected(RejectionReason.UNAVAILABLE);
      throw e;
    }
  }

  /** Refuses a submission whose body cannot be read. */
  public ProblemException refuse(ProblemCode code, String detail) {
    rejections.rejected(Refusal.reason(code));
    return new ProblemException(code, detail);
  }

  private Result submissionOf(
      byte[] body, Optional<String> idempotencyKey, Optional<TraceParent> traceParent) {
    Result result = submissions.submit(newJob(SubmitBody.parse(body), idempotencyKey, traceParent));
    if (result instanceof Result.KeyClash) {
      throw because(
          ProblemCode.IDEMPOTENCY_KEY_REUSED,
          "This Idempotency-Key was used for another submission; use a new one for each.");
    }
    metrics.happened(result instanceof Result.Created ? JobEvent.CREATED : JobEvent.DEDUPLICATED);
    return result;
  }

  private NewJob newJob(
      SubmitBody body, Optional<String> idempotencyKey, Optional<TraceParent> traceParent) {
    JobType type = jobTypes.get(body.jobType());
    if (type == null) {
      throw because(
          ProblemCode.UNKNOWN_JOB_TYPE,
          "There is no such job type; GET /v1/job-types lists those there are.");
    }
    if (body.input().length > maxInputBytes) {
      throw because(
          ProblemCode.INPUT_TOO_LARGE,
          "input has %d bytes in UTF-8; the most is %d."
              .formatted(body.input().length, maxInputBytes));
    }
    Instant now = clock.instant();
    return new NewJob(
        ids.create(),
        type.name(),
        within("max_attempts", body.maxAttempts(), 1, JobTypeSection.MAX_ATTEMPTS)
            .orElse(type.maxAttempts()),
        within("priority", body.priority(), -MAX_PRIORITY, MAX_PRIORITY).orElse(0),
        now,
        body.runAt().map(text -> runAt(text, now)).orElse(now),
        body.input(),
        idempotencyKey.map(key -> idempotency(key, body)),
        traceParent);
  }

  private static Optional<Integer> within(
      String field, Optional<Integer> value, int least, int most) {
    value
        .filter(given -> given < least || given > most)
        .ifPresent(
            given -> {
              throw because(
                  ProblemCode.INVALID_FIELD,
                  "%s must be from %d to %d.".formatted(field, least, most));
            });
    return value;
  }

  /** A time that is over means now. */
  private static Instant runAt(String text, Instant now) {
    Instant time;
    try {
      time = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw because(
          ProblemCode.INVALID_FIELD,
          "run_at must be a time with an offset, as in 2026-01-31T12:00:00Z.");
    }
    if (time.isAfter(now.plus(MAX_DELAY))) {
      throw because(
          ProblemCode.INVALID_FIELD,
          "run_at must be at most %d days from now.".formatted(MAX_DELAY.toDays()));
    }
    return time.isBefore(now) ? now : Instant.ofEpochMilli(time.toEpochMilli());
  }

  private static Idempotency idempotency(String key, SubmitBody body) {
    if (!KEY.matcher(key).matches()) {
      throw because(
          ProblemCode.INVALID_IDEMPOTENCY_KEY,
          "Idempotency-Key must be 1 to 200 visible ASCII characters.");
    }
    return new Idempotency(key, SubmissionDigest.of(body));
  }
}
