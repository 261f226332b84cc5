package dev.ss.bench.jobs;

import dev.ss.testkit.client.RandomBytes;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;

/** Jobs with large inputs, all at the same time. Their outputs are their inputs. */
final class LargeJobs {
  private final OwnProcess api;
  private final int count;
  private final long size;
  private final HttpClient client = HttpClient.newHttpClient();

  /** The jobs' paths. */
  private List<String> jobs = List.of();

  LargeJobs(OwnProcess api, int count, long size) {
    this.api = api;
    this.count = count;
    this.size = size;
  }

  /** Sends all inputs. */
  void submit() {
    jobs = Together.each(count, this::submitted);
  }

  private String submitted(int seed) throws Exception {
    BodyPublisher input = BodyPublishers.ofInputStream(() -> new RandomBytes(seed, size));
    HttpRequest request =
        HttpRequest.newBuilder(api.uri("/v1/jobs?job_type=" + OwnProcess.CAT))
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.fromPublisher(input, size))
            .build();
    HttpResponse<Void> response = client.send(request, BodyHandlers.discarding());
    return response
        .headers()
        .firstValue("Location")
        .orElseThrow(() -> new IllegalStateException("the API answered " + response));
  }

  /** Waits until all have succeeded. */
  void awaitSuccess() {
    Together.each(count, i -> succeeded(jobs.get(i)));
  }

  private String succeeded(String job) {
    String state;
    do {
      state = api.get(job + "/wait?timeout=30s").field("state");
    } while (state.equals("queued") || state.equals("running"));
    if (!state.equals("succeeded")) {
      throw new IllegalStateException("a large job is " + state);
    }
    return state;
  }

  /** Reads all outputs, and compares them with the inputs. */
  void readBack() {
    List<Boolean> same = Together.each(count, i -> isInput(i, jobs.get(i) + "/output"));
    if (same.contains(false)) {
      throw new IllegalStateException("an output is not its input");
    }
  }

  private boolean isInput(int seed, String output) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(api.uri(output)).build();
    try (InputStream body = client.send(request, BodyHandlers.ofInputStream()).body()) {
      return new RandomBytes(seed, size).equalsAllOf(body);
    }
  }
}
