package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.client.RandomBytes;
import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.process.ManagedProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Inputs and outputs that no process has as a whole in memory. */
class StreamsIT extends OwnSystem {
  private static final int SIZE = 64 * 1024 * 1024;

  /** The more at once, the longer it takes; eight are the promise. */
  private static final int AT_ONCE = Integer.getInteger("ss.streams", 3);

  private static final Pattern JOB_ID = Pattern.compile("\"job_id\":\"([^\"]+)\"");

  private final HttpClient http = HttpClient.newHttpClient();

  @Test
  void anyBytesGoInAndComeBackWithLittleMemoryOnSqlite() throws Exception {
    assertThatAllComeBack();
  }

  @Test
  void anyBytesGoInAndComeBackWithLittleMemoryOnPostgres() throws Exception {
    try (PostgresServer postgres = PostgresServer.temporary()) {
      ss.with("SS_DATABASE_URL", postgres.url(PostgresServer.USER))
          .with("SS_DATABASE_USER", PostgresServer.USER);
      assertThatAllComeBack();
      ss.close();
    }
  }

  private void assertThatAllComeBack() throws Exception {
    ss.with("JDK_JAVA_OPTIONS", "-Xmx128m")
        .with("MAX_OUTPUT_SIZE", "64MiB")
        .with("SS_WORKER_SLOTS", "8");
    ss.startApi();
    ss.startWorker();
    List<CompletableFuture<String>> sent =
        IntStream.range(0, AT_ONCE).mapToObj(this::sendLater).toList();
    for (int i = 0; i < AT_ONCE; i++) {
      String job = sent.get(i).get();
      assertThat(client.awaitFinal(job).get("output_size").longValue()).isEqualTo(SIZE);
    }
    List<CompletableFuture<Boolean>> read =
        IntStream.range(0, AT_ONCE)
            .mapToObj(i -> CompletableFuture.supplyAsync(() -> comesBack(sent.get(i).join(), i)))
            .toList();
    assertThat(read).allMatch(CompletableFuture::join);
  }

  private CompletableFuture<String> sendLater(int seed) {
    HttpRequest request =
        HttpRequest.newBuilder(uri("/v1/jobs?job_type=bytes"))
            .header("Content-Type", "application/octet-stream")
            .POST(BodyPublishers.ofInputStream(() -> new RandomBytes(seed, SIZE)))
            .build();
    return http.sendAsync(request, BodyHandlers.ofString())
        .thenApply(
            answer -> {
              Matcher created = JOB_ID.matcher(answer.body());
              assertThat(created.find()).as(answer.body()).isTrue();
              return created.group(1);
            });
  }

  private boolean comesBack(String job, int seed) {
    try (InputStream output = open("/v1/jobs/" + job + "/output").body()) {
      return new RandomBytes(seed, SIZE).equalsAllOf(output);
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpResponse<InputStream> open(String path, String... headers)
      throws IOException, InterruptedException {
    HttpRequest.Builder request = HttpRequest.newBuilder(uri(path));
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return http.send(request.build(), BodyHandlers.ofInputStream());
  }

  private URI uri(String path) {
    return URI.create("http://127.0.0.1:" + ss.apiPort() + path);
  }

  /** With a client that loses its connection, an API that starts anew and a worker that dies. */
  @Test
  void whoFollowsGetsEveryByteOnceAndInOrder() throws Exception {
    ManagedProcess api = ss.startApi();
    ManagedProcess worker = ss.startWorker();
    String job = client.submit("reports", "");
    FollowingClient follower = new FollowingClient(this::events, job);
    for (int i = 0; i < 10; i++) {
      follower.readSome();
    }
    worker.kill();
    ss.startWorker();
    for (int i = 0; i < 10; i++) {
      follower.readSome();
    }
    api.terminate();
    ss.startApi();
    while (!follower.hasEnded()) {
      follower.readSome();
    }

    assertThat(follower.connections()).isGreaterThan(20);
    assertThat(follower.endedAs()).isEqualTo("succeeded");
    assertThat(follower.runs()).containsExactly(1, 2);
    for (int run : follower.runs()) {
      assertThat(follower.text(run))
          .as("run %d", run)
          .isEqualTo(client.get("/v1/jobs/" + job + "/log?run=" + run).text());
    }
    assertThat(follower.text(1)).contains("attempt 1, line 1\n");
    assertThat(follower.text(2)).contains("attempt 2, line 300\n");
    assertThat(follower.progress()).isEqualTo("line 300");
  }

  private InputStream events(String job, List<String> headers) {
    try {
      List<String> all = new ArrayList<>(List.of("Accept", "text/event-stream"));
      all.addAll(headers);
      return open("/v1/jobs/" + job + "/log?follow=true", all.toArray(String[]::new)).body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
