package dev.ss.api.support;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** A client that speaks proper HTTP; see {@link RawHttp} for the other kind. */
public final class Http {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration BOUND_AGAINST_HANGING = Duration.ofSeconds(60);

  private final int port;

  public Http(int port) {
    this.port = port;
  }

  public Answer get(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  public Answer post(String path, String... headers) {
    return send("POST", path, BodyPublishers.noBody(), headers);
  }

  public Answer method(String method, String path, String... headers) {
    return send(method, path, BodyPublishers.noBody(), headers);
  }

  /** Submits a body as JSON. */
  public Answer submit(String body, String... headers) {
    return submit(body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** Submits a body as JSON, or under the content type among the headers. */
  public Answer submit(byte[] body, String... headers) {
    return sendJson("/v1/jobs", body, headers);
  }

  /** Submits a batch as JSON. */
  public Answer submitBatch(String body, String... headers) {
    return submitBatch(body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** Submits a batch as JSON, or under the content type among the headers. */
  public Answer submitBatch(byte[] body, String... headers) {
    return sendJson("/v1/jobs/batch", body, headers);
  }

  /** Submits a job of type {@code word-count} and returns its id. */
  public String submitted() {
    return submitted("word-count");
  }

  /** Submits a job of this type and returns its id. */
  public String submitted(String jobType) {
    return submit("{\"job_type\": \"%s\", \"input\": \"some words\"}".formatted(jobType))
        .field("job_id");
  }

  public CompletableFuture<Answer> getLater(String path) {
    return CLIENT
        .sendAsync(request(path).build(), BodyHandlers.ofByteArray())
        .thenApply(Answer::of);
  }

  private Answer sendJson(String path, byte[] body, String... headers) {
    HttpRequest.Builder request = request(path).POST(BodyPublishers.ofByteArray(body));
    request.setHeader("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return send(request.build());
  }

  private Answer send(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request = request(path).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
        .timeout(BOUND_AGAINST_HANGING);
  }

  private static Answer send(HttpRequest request) {
    try {
      return Answer.of(CLIENT.send(request, BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
