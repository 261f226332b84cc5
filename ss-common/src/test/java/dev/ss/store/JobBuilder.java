package dev.ss.store;

import dev.ss.job.JobInput;
import dev.ss.job.JobOptions;
import dev.ss.job.NewJob;
import dev.ss.job.NewJob.Idempotency;
import dev.ss.job.TraceParent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** A submission of which a test says only what it is about. */
public final class JobBuilder {
  private final UUID id;
  private final Instant createdAt;
  private String jobType = "word-count";
  private int maxAttempts = 3;
  private int priority;
  private Instant runAt;
  private byte[] input = "some words".getBytes(StandardCharsets.UTF_8);
  private Optional<Idempotency> idempotency = Optional.empty();
  private Optional<TraceParent> traceParent = Optional.empty();
  private Optional<String> submittedBy = Optional.empty();

  private Map<String, String> parameters = Map.of();
  private Map<String, String> labels = Map.of();
  private Optional<Duration> timeout = Optional.empty();

  JobBuilder(UUID id, Instant createdAt) {
    this.id = id;
    this.createdAt = createdAt;
    this.runAt = createdAt;
  }

  /** Of this type. */
  public JobBuilder type(String name) {
    jobType = name;
    return this;
  }

  /** With so many attempts at most. */
  public JobBuilder maxAttempts(int most) {
    maxAttempts = most;
    return this;
  }

  /** Before jobs with a lower number. */
  public JobBuilder priority(int number) {
    priority = number;
    return this;
  }

  /** Not to be run earlier. */
  public JobBuilder runAt(Instant earliest) {
    runAt = earliest;
    return this;
  }

  /** With these bytes for the command. */
  public JobBuilder input(byte[] bytes) {
    input = bytes;
    return this;
  }

  /** Under an idempotency key. */
  public JobBuilder key(String key, String digest) {
    idempotency = Optional.of(new Idempotency(key, digest));
    return this;
  }

  /** Belonging to a trace. */
  public JobBuilder traceParent(String text) {
    traceParent = TraceParent.parse(text);
    return this;
  }

  /** Submitted with the token of this name. */
  public JobBuilder submittedBy(String tokenName) {
    submittedBy = Optional.of(tokenName);
    return this;
  }

  /** With these values for parameters of its type. */
  public JobBuilder parameters(Map<String, String> values) {
    parameters = values;
    return this;
  }

  /** With these labels. */
  public JobBuilder labels(Map<String, String> values) {
    labels = values;
    return this;
  }

  /** With a time limit of its own. */
  public JobBuilder timeout(Duration limit) {
    timeout = Optional.of(limit);
    return this;
  }

  /** The submission. */
  public NewJob build() {
    return new NewJob(
        id,
        jobType,
        maxAttempts,
        priority,
        createdAt,
        runAt,
        JobInput.of(input),
        Optional.empty(),
        idempotency,
        traceParent,
        submittedBy,
        new JobOptions(parameters, labels, timeout));
  }
}
