package dev.ss.bench.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** Jobs with large inputs, all at the same time. Their outputs are their inputs. */
final class LargeJobs {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final OwnProcess api;
  private final int count;
  private final long size;
  private final HttpClient client = HttpClient.newHttpClient();
  private List<String> ids = List.of();

  LargeJobs(OwnProcess api, int count, long size) {
    this.api = api;
    this.count = count;
    this.size = size;
  }

  /** Sends all inputs. */
  void submit() {
    ids = together(this::submitted);
  }

  private String submitted(long seed) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(api.uri("/v1/jobs?job_type=" + OwnProcess.CAT))
            .header("Content-Type", "application/octet-stream")
            .POST(
                BodyPublishers.fromPublisher(
                    BodyPublishers.ofInputStream(() -> new RandomBytes(seed, size)), size))
            .build();
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    expect(response, 201);
    return JSON.readTree(response.body()).path("job_id").asText();
  }

  /** Waits until all have succeeded. */
  void awaitSuccess() {
    together(
        i -> {
          String state;
          do {
            state = state(ids.get((int) i));
          } while (state.equals("queued") || state.equals("running"));
          if (!state.equals("succeeded")) {
            throw new IllegalStateException("a large job is " + state);
          }
          return state;
        });
  }

  private String state(String id) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(api.uri("/v1/jobs/" + id + "/wait?timeout=30s")).build();
    HttpResponse<byte[]> response = client.send(request, BodyHandlers.ofByteArray());
    expect(response, 200);
    return JSON.readTree(response.body()).path("state").asText();
  }

  /** Reads all outputs, and compares them with the inputs. */
  void readBack() {
    together(
        i -> {
          HttpRequest request =
              HttpRequest.newBuilder(api.uri("/v1/jobs/" + ids.get((int) i) + "/output")).build();
          HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
          expect(response, 200);
          try (InputStream body = response.body()) {
            if (!RandomBytes.sha256(body).equals(RandomBytes.sha256(new RandomBytes(i, size)))) {
              throw new IllegalStateException("an output is not its input");
            }
          }
          return i;
        });
  }

  private static void expect(HttpResponse<?> response, int status) {
    if (response.statusCode() != status) {
      throw new IllegalStateException("the API answered " + response);
    }
  }

  /** Does something for each of the jobs, each on a thread of its own. */
  private <T> List<T> together(Step<T> step) {
    ExecutorService threads = Executors.newFixedThreadPool(count);
    try {
      List<Future<T>> running =
          LongStream.range(0, count).mapToObj(i -> threads.submit(() -> step.of(i))).toList();
      return running.stream().map(LargeJobs::get).toList();
    } finally {
      threads.shutdownNow();
    }
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** What is done for one job. */
  private interface Step<T> {
    T of(long job) throws Exception;
  }
}
