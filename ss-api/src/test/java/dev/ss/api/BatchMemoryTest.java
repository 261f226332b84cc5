package dev.ss.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.api.support.ApiProcess;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.Http;
import dev.ss.testkit.process.ManagedProcess;
import dev.ss.testkit.process.Ports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Batches of maximum size, of which the process can hold only a few at once. */
class BatchMemoryTest {
  private static final int CLIENTS = 20;
  private static final int JOBS = 15;

  @TempDir private Path directory;

  @Test
  void whatThereIsNoMemoryForIsRefusedAndTheProcessGoesOn() throws Exception {
    int port = new Ports().free();
    String config =
        """
        api: {connector: {type: http, port: %d}}
        database: {url: "jdbc:sqlite:%s"}
        jobTypes: {report: {command: [sort]}}
        """
            .formatted(port, directory.resolve("ss.db"));
    byte[] batch = packed(batch());
    Http http = Http.ofApi(port);
    try (ManagedProcess api =
        ApiProcess.start(directory, config, Map.of("JDK_JAVA_OPTIONS", "-Xmx256m"))) {
      api.awaitLog("ss-api is up");

      Map<Integer, Long> answers =
          IntStream.range(0, CLIENTS)
              .mapToObj(i -> http.submitBatchLater(batch, "Content-Encoding", "gzip"))
              .toList()
              .stream()
              .map(answer -> answer.join())
              .collect(Collectors.groupingBy(Answer::status, Collectors.counting()));

      assertThat(answers.keySet()).isSubsetOf(200, 503).contains(200);
      assertThat(http.get("/v1/jobs?limit=1000").json().path("jobs"))
          .as("nothing acknowledged is lost")
          .hasSize(Math.toIntExact(answers.get(200) * JOBS));
      assertThat(http.submitBatch(batch, "Content-Encoding", "gzip").status()).isEqualTo(200);
    }
  }

  private static String batch() {
    String input = "x".repeat(1 << 20);
    return IntStream.range(0, JOBS)
        .mapToObj(i -> "{\"job_type\": \"report\", \"input\": \"%s\"}".formatted(input))
        .collect(Collectors.joining(",", "{\"jobs\": [", "]}"));
  }

  private static byte[] packed(String text) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write(text.getBytes(StandardCharsets.US_ASCII));
    }
    return packed.toByteArray();
  }
}
