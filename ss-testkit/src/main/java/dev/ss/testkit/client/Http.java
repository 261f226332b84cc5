package dev.ss.testkit.client;

import dev.ss.testkit.contract.Contract;
import dev.ss.testkit.exposition.Scrape;
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
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/** A client of one server that speaks proper HTTP; see {@link RawHttp} for the other kind. */
public final class Http {
  private static final HttpClient CLIENT =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final Duration ANSWER_LIMIT = Duration.ofMinutes(2);

  private final HttpClient client;
  private final URI server;
  private final Duration limit;
  private final Optional<Contract> contract;

  /** Makes a client of this loopback port, which waits long for an answer. */
  public Http(int port) {
    this(CLIENT, URI.create("http://127.0.0.1:" + port), ANSWER_LIMIT);
  }

  /**
   * Makes a client of this server.
   *
   * @param limit how long to wait for an answer
   */
  public Http(HttpClient client, URI server, Duration limit) {
    this(client, server, limit, Optional.empty());
  }

  private Http(HttpClient client, URI server, Duration limit, Optional<Contract> contract) {
    this.client = client;
    this.server = server;
    this.limit = limit;
    this.contract = contract;
  }

  /** Makes a client of the API on this loopback port, which holds every answer to its contract. */
  public static Http ofApi(int port) {
    return new Http(port).heldTo(Contract.ofSs());
  }

  /** Returns a client of the same server, which fails on an answer that breaks the contract. */
  public Http heldTo(Contract kept) {
    return new Http(client, server, limit, Optional.of(kept));
  }

  /** Sends a GET. */
  public Answer get(String path, String... headers) {
    return send("GET", path, BodyPublishers.noBody(), headers);
  }

  /** Sends a GET and does not wait for the answer. */
  public CompletableFuture<Answer> getLater(String path) {
    return sendLater(request(path).build());
  }

  /** Sends a POST without a body. */
  public Answer post(String path, String... headers) {
    return send("POST", path, BodyPublishers.noBody(), headers);
  }

  /** Sends a POST of JSON, or of the content type among the headers. */
  public Answer postJson(String path, byte[] body, String... headers) {
    return send(jsonRequest(path, body, headers));
  }

  private HttpRequest jsonRequest(String path, byte[] body, String... headers) {
    HttpRequest.Builder request = request(path).POST(BodyPublishers.ofByteArray(body));
    request.setHeader("Content-Type", "application/json");
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return request.build();
  }

  /** Sends a request of any method without a body. */
  public Answer method(String method, String path, String... headers) {
    return send(method, path, BodyPublishers.noBody(), headers);
  }

  /** Submits a body as JSON. */
  public Answer submit(String body, String... headers) {
    return submit(body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** Submits a body as JSON, or under the content type among the headers. */
  public Answer submit(byte[] body, String... headers) {
    return postJson("/v1/jobs", body, headers);
  }

  /** Submits a batch as JSON. */
  public Answer submitBatch(String body, String... headers) {
    return submitBatch(body.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** Submits a batch as JSON, or under the content type among the headers. */
  public Answer submitBatch(byte[] body, String... headers) {
    return postJson("/v1/jobs/batch", body, headers);
  }

  /** Submits a batch as JSON and does not wait for the answer. */
  public CompletableFuture<Answer> submitBatchLater(byte[] body, String... headers) {
    return sendLater(jsonRequest("/v1/jobs/batch", body, headers));
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

  /** Scrapes the server, which must answer. */
  public Scrape scrape() {
    Answer answer = get("/metrics");
    if (answer.status() != 200) {
      throw new AssertionError("a scrape must always work: " + answer);
    }
    return Scrape.parse(answer.text());
  }

  private Answer send(String method, String path, BodyPublisher body, String... headers) {
    HttpRequest.Builder request = request(path).method(method, body);
    if (headers.length > 0) {
      request.headers(headers);
    }
    return send(request.build());
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(server.resolve(path)).timeout(limit);
  }

  private Answer send(HttpRequest request) {
    try {
      return checked(request, Answer.of(client.send(request, BodyHandlers.ofByteArray())));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private CompletableFuture<Answer> sendLater(HttpRequest request) {
    return client
        .sendAsync(request, BodyHandlers.ofByteArray())
        .thenApply(response -> checked(request, Answer.of(response)));
  }

  private Answer checked(HttpRequest request, Answer answer) {
    URI uri = request.uri();
    String target =
        uri.getRawQuery() == null ? uri.getRawPath() : uri.getRawPath() + "?" + uri.getRawQuery();
    contract.ifPresent(kept -> kept.check(answer.to(request.method(), target)));
    return answer;
  }
}
