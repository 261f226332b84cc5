package dev.ss.api.submit;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.api.metrics.RejectionMetrics;
import dev.ss.api.metrics.RejectionReason;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.job.Job;
import dev.ss.job.JobEvent;
import dev.ss.job.JobType;
import dev.ss.job.NewJob;
import dev.ss.metrics.JobMetrics;
import dev.ss.store.DatabaseUnavailableException;
import dev.ss.store.Submissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Checks submissions against the configuration, stores them, and counts their outcomes. */
public final class SubmissionHandler {
  /** JSON is parsed as a whole in memory; larger inputs are sent as they are. */
  private static final long MAX_JSON_INPUT = 1024 * 1024;

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
    this.jobFactory = new JobFactory(jobTypes, Math.min(maxInputBytes, MAX_JSON_INPUT), clock);
    this.queueAdmission = new QueueAdmission(submissions, limit);
    this.maxInputBytes = Math.min(maxInputBytes, MAX_JSON_INPUT);
    this.metrics = metrics;
    this.rejections = rejections;
  }

  /**
   * The maximum size of a body, in bytes: an input of maximum size with each byte written as JSON's
   * longest escape (6 bytes), and 256 KiB for everything else.
   */
  public long maxBodyBytes() {
    return 6 * maxInputBytes + 256 * 1024;
  }

  /** Stores a single submission. */
  public Submission submit(byte[] body, Optional<String> idempotencyKey, Origin origin) {
    return submit(() -> jobFactory.of(SubmissionJson.submission(body), idempotencyKey, origin));
  }

  /**
   * Stores a single submission whose input is the body of its request.
   *
   * @param input is called unless the submission is refused for another reason
   */
  public Submission submit(
      RawSubmission submission,
      Supplier<RawInput> input,
      Optional<String> idempotencyKey,
      Origin origin) {
    return submit(
        () ->
            jobFactory.of(
                submission.body(),
                () -> received(submission.jobType(), input),
                idempotencyKey,
                origin));
  }

  private RawInput received(String jobType, Supplier<RawInput> input) {
    try {
      return input.get();
    } catch (DatabaseUnavailableException e) { // a part of it could not be stored
      rejections.rejected(RejectionReason.UNAVAILABLE, Optional.of(jobType));
      throw e;
    }
  }

  private Submission submit(Supplier<NewJob> job) {
    try {
      return inFlight(() -> store(List.of(job.get())).get(0));
    } catch (ProblemException e) {
      return new Submission.Refused(e);
    }
  }

  /**
   * Stores all submissions of a batch that are not refused, in one transaction.
   *
   * @param origin is stored with each of them
   * @return what became of each item, in the order of the items
   * @throws ProblemException if the batch is refused, or if every item is refused because the queue
   *     is full
   */
  public List<Submission> submitAll(byte[] body, Origin origin) {
    List<Submission> items = inFlight(() -> storeItems(body, origin));
    throwIfNothingFits(items);
    return items;
  }

  private List<Submission> storeItems(byte[] body, Origin origin) {
    List<NewJob> jobs = new ArrayList<>();
    List<Optional<ProblemException>> refused =
        SubmissionJson.batch(body, item -> refusal(() -> jobs.add(job(item, origin))));
    refused.forEach(item -> item.ifPresent(this::counted));
    Iterator<Submission> stored = store(jobs).iterator();
    return refused.stream()
        .map(item -> item.<Submission>map(Submission.Refused::new).orElseGet(stored::next))
        .toList();
  }

  private NewJob job(JsonNode json, Origin origin) {
    SubmitBody.Item item = SubmissionJson.item(json);
    return jobFactory.of(item.body(), item.idempotencyKey(), origin);
  }

  private static Optional<ProblemException> refusal(Runnable check) {
    try {
      check.run();
      return Optional.empty();
    } catch (ProblemException e) {
      return Optional.of(e);
    }
  }

  /** Counts and returns the refusal of a request whose body has not been parsed. */
  public ProblemException refuse(ProblemCode code, String detail) {
    return counted(new ProblemException(code, detail));
  }

  /** Counts a submission that is refused because there is no memory for its body. */
  public void refuseUnread() {
    rejections.rejected(RejectionReason.UNAVAILABLE, Optional.empty());
  }

  /**
   * Refuses submissions from now on, as {@link ProblemCode#UNAVAILABLE}, and waits up to {@code
   * limit} until the earlier ones are stored and counted.
   */
  public void close(Duration limit) {
    inFlight.close(limit);
  }

  /** Counts a refusal while it is in flight, so that the last scrape shows it. */
  private <T> T inFlight(Supplier<T> work) {
    return inFlight.during(
        () -> {
          try {
            inFlight.requireOpen();
            return work.get();
          } catch (ProblemException e) {
            throw counted(e);
          }
        });
  }

  private List<Submission> store(List<NewJob> jobs) {
    if (jobs.isEmpty()) {
      return List.of();
    }
    try {
      return queueAdmission.store(jobs).stream().map(this::counted).toList();
    } catch (DatabaseUnavailableException e) {
      jobs.forEach(
          job -> rejections.rejected(RejectionReason.UNAVAILABLE, Optional.of(job.jobType())));
      throw e;
    }
  }

  private Submission counted(Submission submission) {
    submission.match(
        created -> counted(JobEvent.CREATED, created),
        repeated -> counted(JobEvent.DEDUPLICATED, repeated),
        this::counted);
    return submission;
  }

  private JobEvent counted(JobEvent event, Job job) {
    metrics.happened(event, job.jobType());
    return event;
  }

  private ProblemException counted(ProblemException problem) {
    rejections.rejected(reason(problem.code()), problem.jobType());
    return problem;
  }

  private static void throwIfNothingFits(List<Submission> items) {
    List<ProblemException> full =
        items.stream()
            .flatMap(item -> item.match(job -> Stream.empty(), job -> Stream.empty(), Stream::of))
            .filter(problem -> problem.code() == ProblemCode.QUEUE_FULL)
            .toList();
    if (full.size() == items.size()) {
      throw full.get(0);
    }
  }

  private static RejectionReason reason(ProblemCode code) {
    return switch (code) {
      case INVALID_JSON -> RejectionReason.INVALID_JSON;
      case INVALID_FIELD, UNKNOWN_FIELD, MISSING_FIELD, INVALID_PARAMETER ->
          RejectionReason.INVALID_FIELD;
      case INVALID_IDEMPOTENCY_KEY -> RejectionReason.INVALID_IDEMPOTENCY_KEY;
      case IDEMPOTENCY_KEY_REUSED -> RejectionReason.IDEMPOTENCY_KEY_REUSED;
      case UNKNOWN_JOB_TYPE -> RejectionReason.UNKNOWN_JOB_TYPE;
      case INPUT_TOO_LARGE, BODY_TOO_LARGE -> RejectionReason.TOO_LARGE;
      case FORBIDDEN -> RejectionReason.FORBIDDEN;
      case QUEUE_FULL -> RejectionReason.QUEUE_FULL;
      case UNAVAILABLE -> RejectionReason.UNAVAILABLE;
      case UNSUPPORTED_MEDIA_TYPE -> RejectionReason.UNSUPPORTED_MEDIA_TYPE;
      case BAD_REQUEST,
          INVALID_JOB_ID,
          UNKNOWN_PARAMETER,
          UNAUTHORIZED,
          CROSS_SITE,
          UNKNOWN_HOST,
          NOT_FOUND,
          JOB_NOT_FOUND,
          JOB_TYPE_NOT_FOUND,
          METHOD_NOT_ALLOWED,
          NOT_ACCEPTABLE,
          JOB_NOT_FINISHED,
          JOB_NOT_CANCELLABLE,
          JOB_NOT_RETRYABLE,
          URI_TOO_LONG,
          HEADERS_TOO_LARGE,
          RANGE_NOT_SATISFIABLE,
          INTERNAL_ERROR,
          DATABASE_UNAVAILABLE,
          TOO_MANY_WAITERS ->
          throw new IllegalArgumentException("does not refuse submissions: " + code);
    };
  }
}
