package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.client.Client;
import dev.ss.testkit.process.ManagedProcess;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients send and commands write is in neither process's metrics or log. */
class LeakIT {
  private static final String CANARY = "canary-7f3a91";

  @TempDir private Path directory;

  @Test
  void nothingLeaks() {
    try (Ss ss = Ss.in(directory)) {
      ss.with("SS_DATABASE_URL", "jdbc:sqlite:" + CANARY + "/ss.db");
      ManagedProcess api = ss.startApi();
      ManagedProcess worker = ss.startWorker();
      sendCanaries(ss.client());
      assertThat(ss.client().get("/metrics").text()).doesNotContain(CANARY);
      assertThat(ss.workerClient().get("/metrics").text()).doesNotContain(CANARY);
      assertThat(worker.terminate()).isEqualTo(143);
      assertThat(api.terminate()).isEqualTo(143);
      assertThat(api.log()).contains("INFO").doesNotContain(CANARY);
      assertThat(worker.log()).contains("INFO").doesNotContain(CANARY);
    }
  }

  private static void sendCanaries(Client client) {
    String echoed = client.submit("bytes", CANARY);
    client.awaitFinal(echoed);
    assertThat(client.output(echoed)).isEqualTo(CANARY);
    String complained = client.submit("complain", CANARY);
    client.awaitFinal(complained);
    assertThat(client.log(complained)).isEqualTo(CANARY);
    Map<String, Object> job = Map.of("job_type", "bytes", "input", "");
    client.post("/v1/jobs", job, "Idempotency-Key", CANARY);
    client.post("/v1/jobs", job, "X-" + CANARY, CANARY, "traceparent", CANARY);
    client.post("/v1/jobs", Map.of("job_type", CANARY, "input", CANARY));
    client.post("/v1/jobs", Map.of(CANARY, CANARY));
    client.get("/" + CANARY);
    client.get("/v1/jobs/" + CANARY);
    client.get("/v1/jobs?" + CANARY + "=" + CANARY);
    client.get("/v1/jobs?job_type=" + CANARY + "&cursor=" + CANARY);
  }
}
