package dev.ss.testkit.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ss.testkit.exposition.Scrape;
import dev.ss.testkit.process.Waiting;
import java.time.Duration;
import java.util.Map;
import java.util.Set;

/** A client of the API that follows its jobs. */
public final class Client {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> FINAL = Set.of("succeeded", "failed", "cancelled");
  private static final Duration LIMIT = Duration.ofSeconds(60);

  private final Http http;

  /** Makes a client of the API on this loopback port, which holds every answer to its contract. */
  public Client(int port) {
    this.http = Http.ofApi(port);
  }

  /** Submits a job and returns its id. */
  public String submit(String jobType, String input) {
    return submit(Map.of("job_type", jobType, "input", input));
  }

  /** Submits a job and returns its id. */
  public String submit(Map<String, Object> body) {
    return expect(201, post("/v1/jobs", body)).field("job_id");
  }

  private static Answer expect(int status, Answer answer) {
    if (answer.status() != status) {
      throw new AssertionError("expected %d: %s".formatted(status, answer));
    }
    return answer;
  }

  /** Returns the job as the API shows it. */
  public JsonNode job(String jobId) {
    return get("/v1/jobs/" + jobId).json();
  }

  /** Returns the job's state. */
  public String state(String jobId) {
    return job(jobId).get("state").textValue();
  }

  /** Waits until the job is final, and returns it. */
  public JsonNode awaitFinal(String jobId) {
    JsonNode job = get("/v1/jobs/" + jobId + "/wait?timeout=60s").json();
    if (!FINAL.contains(job.get("state").textValue())) {
      throw new AssertionError("not final: " + job);
    }
    return job;
  }

  /** Waits until the job has this state. */
  public void awaitState(String jobId, String state) {
    Waiting.until(() -> "the job is " + state, LIMIT, () -> state(jobId).equals(state));
  }

  /** Returns what the job's command wrote to its standard output. */
  public String output(String jobId) {
    return get("/v1/jobs/" + jobId + "/output").text();
  }

  /** Returns what the job's command wrote to its standard error. */
  public String log(String jobId) {
    return get("/v1/jobs/" + jobId + "/log").text();
  }

  /** Cancels the job. */
  public Answer cancel(String jobId) {
    return post("/v1/jobs/" + jobId + "/cancel", Map.of());
  }

  /** Retries the job. */
  public Answer retry(String jobId) {
    return post("/v1/jobs/" + jobId + "/retry", Map.of());
  }

  /** Sends a GET. */
  public Answer get(String path, String... headers) {
    return http.get(path, headers);
  }

  /** Sends a POST of JSON. */
  public Answer post(String path, Map<String, Object> body, String... headers) {
    try {
      return http.postJson(path, JSON.writeValueAsBytes(body), headers);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(e);
    }
  }

  /** Scrapes the process. */
  public Scrape scrape() {
    return http.scrape();
  }
}
