package dev.ss.api.submit;

import dev.ss.api.access.JobTypeAccess;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.job.JobOptions;
import dev.ss.job.JobType;
import dev.ss.job.NewJob;
import dev.ss.job.NewJob.Idempotency;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Creates a job from a submission, if the configuration allows it. */
final class JobFactory {
  private static final int MAX_PRIORITY = 100;
  private static final Duration MAX_DELAY = Duration.ofDays(366);
  private static final Pattern KEY = Pattern.compile("[\\x21-\\x7e]{1,200}");

  private final Map<String, JobType> jobTypes;
  private final long maxInputBytes;
  private final NewJobIds ids;

  JobFactory(Map<String, JobType> jobTypes, long maxInputBytes, Clock clock) {
    this.jobTypes = Map.copyOf(jobTypes);
    this.maxInputBytes = maxInputBytes;
    this.ids = new NewJobIds(clock);
  }

  /**
   * Creates the job. Its id sorts after those that this process created before.
   *
   * @throws ProblemException if the submission is refused
   */
  NewJob of(SubmitBody body, Optional<String> idempotencyKey, Origin origin) {
    return create(
        body, () -> SubmittedInput.ofText(body.input(), maxInputBytes), idempotencyKey, origin);
  }

  /**
   * Creates the job for an input that was the body of a request.
   *
   * @param body all but the input
   */
  NewJob of(
      SubmitBody body, Supplier<RawInput> input, Optional<String> idempotencyKey, Origin origin) {
    return create(body, () -> SubmittedInput.of(input.get()), idempotencyKey, origin);
  }

  private NewJob create(
      SubmitBody body,
      Supplier<SubmittedInput> input,
      Optional<String> idempotencyKey,
      Origin origin) {
    JobType type = jobTypes.get(body.jobType());
    if (type == null) {
      throw new ProblemException(
          ProblemCode.UNKNOWN_JOB_TYPE,
          "There is no such job type; GET /v1/job-types lists those there are.");
    }
    try {
      return of(type, body, input, idempotencyKey, origin);
    } catch (ProblemException e) {
      throw e.ofJobType(type.name());
    }
  }

  private NewJob of(
      JobType type,
      SubmitBody body,
      Supplier<SubmittedInput> submitted,
      Optional<String> idempotencyKey,
      Origin origin) {
    UUID id = ids.create();
    Instant now = NewJobIds.createdAt(id);
    JobTypeAccess.require(origin.caller(), type.name());
    JobOptions options = OptionRules.of(type, body);
    SubmittedInput input = submitted.get();
    return new NewJob(
        id,
        type.name(),
        within("max_attempts", body.maxAttempts(), 1, JobType.MAX_ATTEMPTS)
            .orElse(type.maxAttempts()),
        within("priority", body.priority(), -MAX_PRIORITY, MAX_PRIORITY).orElse(0),
        now,
        body.runAt().map(text -> runAt(text, now)).orElse(now),
        input.input(),
        input.uploadId(),
        idempotencyKey.map(key -> idempotency(key, body, input.identity(), options)),
        origin.traceParent(),
        origin.caller().tokenName(),
        options,
        Optional.empty());
  }

  private static Optional<Integer> within(String field, Optional<Integer> value, int min, int max) {
    value
        .filter(given -> given < min || given > max)
        .ifPresent(
            given -> {
              throw new ProblemException(
                  ProblemCode.INVALID_FIELD,
                  "%s must be from %d to %d.".formatted(field, min, max));
            });
    return value;
  }

  /** Parses {@code run_at}; a time in the past means now. */
  private static Instant runAt(String text, Instant now) {
    Instant time;
    try {
      time = OffsetDateTime.parse(text).toInstant();
    } catch (DateTimeParseException e) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD,
          "run_at must be a time with an offset, as in 2026-01-31T12:00:00Z.");
    }
    if (time.isAfter(now.plus(MAX_DELAY))) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD,
          "run_at must be at most %d days from now.".formatted(MAX_DELAY.toDays()));
    }
    return time.isBefore(now) ? now : Instant.ofEpochMilli(time.toEpochMilli());
  }

  private static Idempotency idempotency(
      String key, SubmitBody body, byte[] input, JobOptions options) {
    if (!KEY.matcher(key).matches()) {
      throw new ProblemException(
          ProblemCode.INVALID_IDEMPOTENCY_KEY,
          "An idempotency key must be 1 to 200 visible ASCII characters.");
    }
    return new Idempotency(key, SubmissionDigest.of(body, input, options));
  }
}
