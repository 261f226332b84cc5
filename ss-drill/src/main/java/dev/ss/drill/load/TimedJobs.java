package dev.ss.drill.load;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.Http;
import dev.ss.testkit.ledger.Ledger;
import dev.ss.testkit.process.Waiting;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/** Jobs that a drill submits one by one; the input of each says how long it runs. */
public final class TimedJobs {
  private static final String TYPE = "timed";
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(12);

  /** Time for the database, or its lock, to become available again. */
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final Http api;
  private final List<String> submitted = new ArrayList<>();

  /** Submits to the API at this address. */
  public TimedJobs(HttpClient http, URI api) {
    this.api = new Http(http, api, ANSWER_LIMIT);
  }

  /** A job as the API shows it; {@code errorCode} is empty if there is none. */
  public record Job(String state, int attempt, String errorCode) {
    /** Returns whether the job is final. */
    public boolean isFinal() {
      return !state.equals("queued") && !state.equals("running");
    }

    /** Returns how the job ended, as {@code state/error_code}. */
    public String end() {
      return errorCode.isEmpty() ? state : state + "/" + errorCode;
    }
  }

  /** Returns the job type, for the section {@code jobTypes} of config.yml. */
  public static String section(Ledger ledger) {
    return "  %s: {command: %s, timeout: 2m, maxAttempts: 100}\n"
        .formatted(TYPE, ledger.command("-"));
  }

  /** Submits a job and returns its id. */
  public String submit(double seconds, int maxAttempts) {
    String body =
        "{\"job_type\":\"%s\",\"input\":\"%s\\n\",\"max_attempts\":%d}"
            .formatted(TYPE, seconds, maxAttempts);
    String key = UUID.randomUUID().toString();
    String jobId = answer(() -> api.submit(body, "Idempotency-Key", key)).field("job_id");
    submitted.add(jobId);
    return jobId;
  }

  /** Returns the ids of all submitted jobs. */
  public List<String> submitted() {
    return List.copyOf(submitted);
  }

  /** Returns a job as the API shows it now. */
  public Job get(String jobId) {
    JsonNode job = answer(() -> api.get("/v1/jobs/" + jobId)).json();
    return new Job(
        job.get("state").textValue(),
        job.get("attempt").intValue(),
        job.get("error_code").asText("").replace("null", ""));
  }

  /** Cancels a job, which may have ended already. */
  public void cancel(String jobId) {
    tryUntilAnswered(() -> api.post("/v1/jobs/" + jobId + "/cancel"));
  }

  /** Retries a job. */
  public void retry(String jobId) {
    tryUntilAnswered(() -> api.post("/v1/jobs/" + jobId + "/retry"));
  }

  /** Returns the output of the last finished attempt. */
  public String output(String jobId) {
    return tryUntilAnswered(() -> api.get("/v1/jobs/" + jobId + "/output")).text();
  }

  private static Answer answer(Supplier<Answer> request) {
    Answer answer = tryUntilAnswered(request);
    if (answer.status() / 100 != 2) {
      throw new IllegalStateException("the API answered " + answer);
    }
    return answer;
  }

  /** Tries again while the database is down. */
  private static Answer tryUntilAnswered(Supplier<Answer> request) {
    return Waiting.forValue("an answer", LIMIT, () -> send(request));
  }

  private static Optional<Answer> send(Supplier<Answer> request) {
    try {
      return Optional.of(request.get()).filter(answer -> answer.status() != 503);
    } catch (UncheckedIOException noAnswer) {
      return Optional.empty();
    }
  }
}
