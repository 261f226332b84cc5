package dev.ss.testkit.ledger;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The stored outputs, as a client gets them. */
public final class Outputs {
  private static final int AT_ONCE = 8;

  private final HttpClient http;
  private final URI api;

  public Outputs(HttpClient http, URI api) {
    this.http = http;
    this.api = api;
  }

  /** An output, and the attempt that wrote it according to the API. */
  public record Output(int status, String text, int attempt) {}

  /** Fetches the outputs of all these jobs. */
  public Map<String, Output> fetch(Collection<String> jobIds) {
    Map<String, Output> outputs = new ConcurrentHashMap<>();
    ExecutorService pool = Executors.newFixedThreadPool(AT_ONCE);
    try {
      var pending =
          jobIds.stream()
              .<Future<?>>map(jobId -> pool.submit(() -> outputs.put(jobId, fetch(jobId))))
              .toList();
      for (Future<?> each : pending) {
        each.get();
      }
      return outputs;
    } catch (ExecutionException e) {
      throw new IllegalStateException("an output cannot be fetched", e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } finally {
      pool.shutdownNow();
    }
  }

  private Output fetch(String jobId) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve("/v1/jobs/" + jobId + "/output"))
            .timeout(Duration.ofSeconds(30))
            .build();
    HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
    return new Output(
        response.statusCode(),
        response.body(),
        response.headers().firstValue("SS-Attempt").map(Integer::parseInt).orElse(0));
  }
}
