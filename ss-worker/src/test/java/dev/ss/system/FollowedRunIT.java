package dev.ss.system;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.system.CommandLine.Called;
import dev.ss.system.CommandLine.Running;
import dev.ss.testkit.process.ManagedProcess;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** {@code ss run} on a system in which not everything holds. */
class FollowedRunIT extends OwnSystem {
  @Test
  void itGoesOnThroughAnApiThatStartsAnewAndAWorkerThatDies() throws Exception {
    ManagedProcess api = ss.startApi();
    ManagedProcess worker = ss.startWorker();
    Path gate = directory.resolve("gate");
    byte[] bytes = new byte[60_000];
    new Random(1).nextBytes(bytes);

    Running run = commandLine().start(afterNameOf(gate, bytes), "run", "patient");
    run.awaitErr("attempt 1, line 1\n");
    ss.with("SS_WORKER_ID", "another").launchAnotherWorker();
    api.terminate();
    ss.startApi();
    run.awaitErr("ss: connected again.\n");
    worker.kill();
    run.awaitErr("--- SS: attempt 2 ---\nattempt 2, line 1\n");
    Files.createFile(gate);
    Called ended = run.await();

    assertThat(ended.exitCode()).isEqualTo(3);
    assertThat(ended.bytes()).isEqualTo(bytes);
    assertThat(ended.err()).contains("failed in attempt 2 of 2: command_failed, exit code 3.");
    for (int attempt = 1; attempt <= 2; attempt++) {
      assertThat(logOf(attempt, ended)).as("attempt %d", attempt).isEqualTo(keptLog(attempt));
    }
  }

  private CommandLine commandLine() {
    return new CommandLine(directory, "http://127.0.0.1:" + ss.apiPort());
  }

  private static byte[] afterNameOf(Path gate, byte[] bytes) {
    ByteArrayOutputStream input = new ByteArrayOutputStream();
    input.writeBytes((gate + "\n").getBytes(StandardCharsets.UTF_8));
    input.writeBytes(bytes);
    return input.toByteArray();
  }

  private static String logOf(int attempt, Called ended) {
    return ended
        .err()
        .lines()
        .filter(line -> line.startsWith("attempt %d, line ".formatted(attempt)))
        .map(line -> line + "\n")
        .collect(joining());
  }

  private String keptLog(int attempt) {
    String job = client.get("/v1/jobs").json().at("/jobs/0/job_id").textValue();
    return client.get("/v1/jobs/%s/log?attempt=%d".formatted(job, attempt)).text();
  }
}
