package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.testkit.client.Client;
import dev.ss.testkit.process.LivingProcesses;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What becomes of jobs, end to end. */
class JobLifecycleIT {
  @TempDir private static Path directory;
  private static Ss ss;

  @BeforeAll
  static void start() {
    ss = Ss.startedIn(directory);
  }

  @AfterAll
  static void stop() {
    ss.close();
  }

  private final Client client = ss.client();

  @Test
  void wordCountCountsWords() {
    String input = "the quick brown fox jumps over the lazy dog — änd söme mörè\n".repeat(5000);
    String job = client.submit("word-count", input);
    assertThat(client.awaitFinal(job).get("state").textValue()).isEqualTo("succeeded");
    assertThat(client.output(job).strip()).isEqualTo(Integer.toString(13 * 5000));
  }

  @Test
  void checksumIsThatOfTheInputsBytes() throws Exception {
    String input = "zażółć gęślą jaźń \u0000 \uD83D\uDE80\r\n".repeat(10_000);
    String job = client.submit("checksum", input);
    client.awaitFinal(job);
    byte[] digest =
        MessageDigest.getInstance("SHA-256").digest(input.getBytes(StandardCharsets.UTF_8));
    assertThat(client.output(job)).isEqualTo(HexFormat.of().formatHex(digest) + "  -\n");
  }

  @Test
  void emptyInputIsInputToo() {
    String job = client.submit("word-count", "");
    client.awaitFinal(job);
    assertThat(client.output(job).strip()).isEqualTo("0");
  }

  @Test
  void aFailingCommandEndsFailedAfterItsAttemptsAndKeepsItsLog() {
    String id = client.submit("fail", "");
    JsonNode job = client.awaitFinal(id);
    assertThat(job.get("state").textValue()).isEqualTo("failed");
    assertThat(job.get("attempt").intValue()).isEqualTo(3);
    assertThat(job.get("exit_code").intValue()).isEqualTo(3);
    assertThat(job.get("error_code").textValue()).isEqualTo("command_failed");
    assertThat(client.log(id)).isEqualTo("attempt 3 went wrong\n");
    assertThat(client.output(id)).isEqualTo("partial\n");
  }

  @Test
  void aFailedJobCanBeRetriedWithAllItsAttempts() {
    String id = client.submit(Map.of("job_type", "fail", "input", "", "max_attempts", 1));
    assertThat(client.awaitFinal(id).get("attempt").intValue()).isEqualTo(1);
    assertThat(client.retry(id).status()).isEqualTo(200);
    JsonNode job = client.awaitFinal(id);
    assertThat(job.get("state").textValue()).isEqualTo("failed");
    assertThat(job.get("attempt").intValue()).isEqualTo(1);
  }

  @Test
  void aCommandThatTakesTooLongIsKilledWithAllItsProcesses() throws Exception {
    Path pids = directory.resolve("timed-out.pids");
    JsonNode job = client.awaitFinal(client.submit("family-in-a-hurry", pids.toString()));
    assertThat(job.get("state").textValue()).isEqualTo("failed");
    assertThat(job.get("error_code").textValue()).isEqualTo("timed_out");
    assertThat(job.get("exit_code").isNull()).isTrue();
    assertThat(living(pids)).isEmpty();
  }

  @Test
  void aCommandThatIgnoresTheRequestToEndIsKilled() {
    JsonNode job = client.awaitFinal(client.submit("stubborn", ""));
    assertThat(job.get("error_code").textValue()).isEqualTo("timed_out");
  }

  @Test
  void cancellingARunningJobEndsAllItsProcesses() throws Exception {
    Path pids = directory.resolve("cancelled.pids");
    String id = client.submit("family", pids.toString());
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.exists(pids));
    assertThat(living(pids)).hasSize(3);
    assertThat(client.cancel(id).status()).isEqualTo(202);
    JsonNode job = client.awaitFinal(id);
    assertThat(job.get("state").textValue()).isEqualTo("cancelled");
    assertThat(job.get("error_code").textValue()).isEqualTo("cancelled");
    assertThat(living(pids)).isEmpty();
    assertThat(client.cancel(id).status()).isEqualTo(200);
  }

  @Test
  void cancellingAQueuedJobMeansThatItNeverRuns() {
    String id =
        client.submit(
            Map.of("job_type", "word-count", "input", "", "run_at", "2026-12-31T00:00:00Z"));
    assertThat(client.cancel(id).status()).isEqualTo(200);
    assertThat(client.state(id)).isEqualTo("cancelled");
    assertThat(client.job(id).get("attempt").intValue()).isZero();
    assertThat(client.retry(id).status()).isEqualTo(200);
    assertThat(client.awaitFinal(id).get("state").textValue()).isEqualTo("succeeded");
  }

  @Test
  void aProcessLeftBehindByAFinishedCommandIsEndedWithIt() {
    // Many, because Java often tells of a stream's end when only its process has ended.
    List<String> ids = Stream.generate(() -> client.submit("leaves-child", "")).limit(30).toList();
    assertThat(ids)
        .allSatisfy(
            id -> {
              assertThat(client.awaitFinal(id).get("state").textValue()).isEqualTo("succeeded");
              long child = Long.parseLong(client.output(id).strip());
              assertThat(LivingProcesses.isRunning(child)).isFalse();
            });
  }

  @Test
  void eachAttemptHasAnEmptyDirectoryAndACleanEnvironment() {
    String first = client.submit("surroundings", "");
    client.awaitFinal(first);
    String second = client.submit("surroundings", "");
    client.awaitFinal(second);
    List<String> lines = client.output(second).lines().toList();
    assertThat(lines)
        .contains(
            "SS_JOB_ID=" + second, "SS_JOB_TYPE=surroundings", "SS_ATTEMPT=1", "LANG=C.UTF-8");
    assertThat(
            lines.stream()
                .filter(line -> line.contains("="))
                .map(line -> line.substring(0, line.indexOf('='))))
        // PWD and the like are the shell's own.
        .filteredOn(name -> !List.of("PWD", "OLDPWD", "SHLVL", "_").contains(name))
        .containsExactlyInAnyOrder(
            "SS_JOB_ID",
            "SS_JOB_TYPE",
            "SS_ATTEMPT",
            "SS_ATTEMPT_DIRECTORY",
            "PATH",
            "HOME",
            "LANG");
    assertThat(lines.get(lines.size() - 1).strip()).isEqualTo("0");
    Path working = Path.of(lines.get(lines.size() - 2));
    assertThat(lines).contains("HOME=" + working);
    Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> Files.notExists(working));
  }

  @Test
  void ofAnOutputTheBeginningIsKeptAndOfALogBothEnds() {
    String id = client.submit("talkative", "");
    JsonNode job = client.awaitFinal(id);
    assertThat(client.output(id)).isEqualTo("x".repeat(65536));
    assertThat(client.log(id))
        .isEqualTo(
            "y".repeat(32768)
                + "\n[SS left out %d bytes here]\n".formatted(200_000 - 65536)
                + "y".repeat(32768));
    assertThat(client.get("/v1/jobs/" + id + "/output").header("SS-Truncated")).contains("true");
    assertThat(job.get("output_truncated").booleanValue()).isTrue();
    assertThat(job.get("log_size").intValue()).isEqualTo(200_000);
  }

  private static List<Long> living(Path pids) throws IOException {
    return Files.readAllLines(pids).stream()
        .map(Long::valueOf)
        .filter(LivingProcesses::isRunning)
        .toList();
  }
}
