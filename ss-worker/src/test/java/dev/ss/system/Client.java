package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.awaitility.Awaitility;

/** A client of the API. */
final class Client {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final HttpClient http = HttpClient.newHttpClient();
  private final int port;

  Client(int port) {
    this.port = port;
  }

  /** Submits a job and returns its id. */
  String submit(String jobType, String input) {
    return submit(Map.of("job_type", jobType, "input", input));
  }

  String submit(Map<String, Object> body) {
    HttpResponse<byte[]> response = post("/v1/jobs", body);
    assertThat(response.statusCode()).as(text(response)).isEqualTo(201);
    return json(response).get("job_id").textValue();
  }

  JsonNode job(String jobId) {
    return json(get("/v1/jobs/" + jobId));
  }

  String state(String jobId) {
    return job(jobId).get("state").textValue();
  }

  /** The job once it is final. */
  JsonNode awaitFinal(String jobId) {
    JsonNode job = json(get("/v1/jobs/" + jobId + "/wait?timeout=60s"));
    assertThat(job.get("state").textValue()).isIn("succeeded", "failed", "cancelled");
    return job;
  }

  void awaitState(String jobId, String state) {
    Awaitility.await("job is " + state)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> state(jobId).equals(state));
  }

  String output(String jobId) {
    return text(get("/v1/jobs/" + jobId + "/output"));
  }

  String log(String jobId) {
    return text(get("/v1/jobs/" + jobId + "/log"));
  }

  HttpResponse<byte[]> cancel(String jobId) {
    return post("/v1/jobs/" + jobId + "/cancel", Map.of());
  }

  HttpResponse<byte[]> retry(String jobId) {
    return post("/v1/jobs/" + jobId + "/retry", Map.of());
  }

  HttpResponse<byte[]> get(String path) {
    return send(HttpRequest.newBuilder(uri(path)));
  }

  HttpResponse<byte[]> post(String path, Map<String, Object> body, String... headers) {
    try {
      HttpRequest.Builder request =
          HttpRequest.newBuilder(uri(path))
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)));
      return send(headers.length == 0 ? request : request.headers(headers));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + port + path);
  }

  private HttpResponse<byte[]> send(HttpRequest.Builder request) {
    try {
      return http.send(request.timeout(Duration.ofMinutes(2)).build(), BodyHandlers.ofByteArray());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static JsonNode json(HttpResponse<byte[]> response) {
    try {
      return JSON.readTree(response.body());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static String text(HttpResponse<byte[]> response) {
    return new String(response.body(), StandardCharsets.UTF_8);
  }
}
