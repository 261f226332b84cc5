package dev.ss.testkit.ledger;

import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.Http;
import dev.ss.testkit.contract.Contract;
import java.net.URI;
import java.net.http.HttpClient;
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
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(30);

  private final Http http;

  public Outputs(HttpClient client, URI api) {
    this.http = new Http(client, api, ANSWER_LIMIT).heldTo(Contract.ofSs());
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

  private Output fetch(String jobId) {
    Answer answer = http.get("/v1/jobs/" + jobId + "/output");
    return new Output(
        answer.status(),
        answer.text(),
        answer.header("SS-Attempt").map(Integer::parseInt).orElse(0));
  }
}
