package dev.ss.drill.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ss.testkit.ledger.Ledger;
import dev.ss.testkit.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicReference;

/** Jobs that a drill submits one by one; the input of each says how long it runs. */
public final class TimedJobs {
  private static final String TYPE = "timed";
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(12);

  /** Time for the database, or its lock, to become available again. */
  private static final Duration LIMIT = Duration.ofMinutes(1);

  private final HttpClient http;
  private final String jobs;
  private final ObjectMapper json = new ObjectMapper();
  private final List<String> submitted = new ArrayList<>();

  /** Submits to this address: {@code /v1/jobs} of an API. */
  public TimedJobs(HttpClient http, URI jobs) {
    this.http = http;
    this.jobs = jobs.toString();
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
    HttpRequest request =
        to("")
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", UUID.randomUUID().toString())
            .POST(BodyPublishers.ofString(body))
            .build();
    String jobId = tree(answer(request)).get("job_id").textValue();
    submitted.add(jobId);
    return jobId;
  }

  /** Returns the ids of all submitted jobs. */
  public List<String> submitted() {
    return List.copyOf(submitted);
  }

  /** Returns a job as the API shows it now. */
  public Job get(String jobId) {
    JsonNode job = tree(answer(to("/" + jobId).build()));
    return new Job(
        job.get("state").textValue(),
        job.get("attempt").intValue(),
        job.get("error_code").asText("").replace("null", ""));
  }

  /** Cancels a job, which may have ended already. */
  public void cancel(String jobId) {
    answer(to("/" + jobId + "/cancel").POST(BodyPublishers.noBody()).build());
  }

  /** Retries a job. */
  public void retry(String jobId) {
    answer(to("/" + jobId + "/retry").POST(BodyPublishers.noBody()).build());
  }

  /** Returns the output of the last finished attempt. */
  public String output(String jobId) {
    return answer(to("/" + jobId + "/output").build()).body();
  }

  private HttpRequest.Builder to(String path) {
    return HttpRequest.newBuilder(URI.create(jobs + path)).timeout(ANSWER_LIMIT);
  }

  /** Tries again while the database is down. */
  private HttpResponse<String> answer(HttpRequest request) {
    AtomicReference<HttpResponse<String>> answer = new AtomicReference<>();
    Waiting.until(
        () -> "an answer to " + request.method() + " " + request.uri(),
        LIMIT,
        () -> {
          Optional<HttpResponse<String>> response = send(request);
          response.ifPresent(answer::set);
          return response.isPresent();
        });
    return answer.get();
  }

  private Optional<HttpResponse<String>> send(HttpRequest request) {
    try {
      HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
      return response.statusCode() == 503 ? Optional.empty() : Optional.of(response);
    } catch (IOException noAnswer) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private JsonNode tree(HttpResponse<String> response) {
    if (response.statusCode() / 100 != 2) {
      throw new IllegalStateException(
          response.statusCode() + " for " + response.request().uri().getPath());
    }
    try {
      return json.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
