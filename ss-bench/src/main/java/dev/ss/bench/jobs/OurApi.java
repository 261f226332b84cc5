package dev.ss.bench.jobs;

import dev.ss.access.Caller;
import dev.ss.api.metrics.RejectionMetrics;
import dev.ss.api.submit.Origin;
import dev.ss.api.submit.QueueLimit;
import dev.ss.api.submit.Submission;
import dev.ss.api.submit.SubmissionHandler;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.job.Job;
import dev.ss.job.JobType;
import dev.ss.metrics.JobMetrics;
import dev.ss.store.Database;
import dev.ss.store.Submissions;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** The part of the API from the bytes of a submission to the stored job, without HTTP. */
final class OurApi implements AutoCloseable {
  static final String JOB_TYPE = "nothing";

  static final JobType TYPE =
      new JobType(JOB_TYPE, List.of("/bin/true"), Duration.ofMinutes(1), 3, Optional.empty());

  /** As in the API's application. */
  private static final int WRITERS = 8;

  static final byte[] BODY =
      """
      {"job_type": "nothing", "input": "a few words that a command would count"}
      """
          .getBytes(StandardCharsets.UTF_8);

  /** The most jobs that a batch may have. */
  static final int BATCH = 1000;

  private static final byte[] BATCH_BODY =
      Collections.nCopies(BATCH, new String(BODY, StandardCharsets.UTF_8)).stream()
          .collect(Collectors.joining(",", "{\"jobs\": [", "]}"))
          .getBytes(StandardCharsets.UTF_8);

  private static final Origin ORIGIN = new Origin(Caller.ANYONE, Optional.empty());

  private final Clock clock = Clock.tick(Clock.systemUTC(), Duration.ofMillis(1));
  private final Database database;
  private final SubmissionHandler submit;

  OurApi(Storage.Place place) {
    BridgeRegistry registry = new BridgeRegistry();
    database = place.section().open(WRITERS);
    Failing.loudly(database::start);
    submit =
        new SubmissionHandler(
            new Submissions(database),
            new QueueLimit(OptionalLong.empty(), Duration.ZERO, Duration.ZERO, clock),
            Map.of(JOB_TYPE, TYPE),
            1 << 20,
            new JobMetrics(registry, JobMetrics.OF_API, List.of(JOB_TYPE)),
            new RejectionMetrics(registry, List.of(JOB_TYPE)),
            clock);
  }

  Job submit() {
    return ((Submission.Created) submit.submit(BODY, Optional.empty(), ORIGIN)).job();
  }

  /** Submits {@link #BATCH} jobs at once. */
  void submitBatch() {
    if (submit.submitAll(BATCH_BODY, ORIGIN).size() != BATCH) {
      throw new IllegalStateException("not all of the batch was answered");
    }
  }

  /** Queues so many jobs, as if each had been submitted. */
  void fill(Storage.Place place, int count) {
    if (count == 0) {
      return;
    }
    new OurTables(place).multiplyQueued(submit().id(), count - 1);
  }

  Database database() {
    return database;
  }

  Clock clock() {
    return clock;
  }

  @Override
  public void close() {
    Failing.loudly(database::stop);
  }
}
