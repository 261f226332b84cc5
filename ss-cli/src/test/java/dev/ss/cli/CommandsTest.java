package dev.ss.cli;

import static dev.ss.cli.fake.FakeSs.JOB_ID;
import static dev.ss.cli.fake.FakeSs.body;
import static dev.ss.cli.fake.FakeSs.job;
import static dev.ss.cli.fake.FakeSs.problem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.cli.command.Context;
import dev.ss.cli.fake.FakeSs;
import dev.ss.cli.fake.FollowedLog;
import dev.ss.cli.text.Terminal;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommandsTest {
  private static final byte[] BYTES = {0, 1, (byte) 0xFF, '\n', 27};
  private static final String JOB = "/v1/jobs/" + JOB_ID;
  private static final String TYPES =
      "{\"job_types\":[{\"job_type\":\"resize\",\"timeout_seconds\":90.0,\"max_attempts\":3,"
          + "\"paused\":true,\"parameters\":{\"size\":{\"default\":\"800x600\"},\"name\":{}}}]}";

  private final FakeSs ss = new FakeSs();
  private final Map<String, String> environment = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private Terminal terminal = Terminal.NONE;
  private byte[] in = "to be or not to be".getBytes(StandardCharsets.UTF_8);

  @AfterEach
  void stop() {
    ss.close();
  }

  @Test
  void runSubmitsTheBytesShowsTheLogAndWritesTheOutput() {
    in = BYTES;
    followed(FollowedLog.whole().attempt(1, 1).text("reading\n").end("succeeded", 0, null));
    ends("succeeded", 0, null);

    assertThat(ss("run", "word-count", "-p", "size=8x6", "-l", "who=me", "--priority", "5"))
        .isZero();

    assertThat(out.toByteArray()).isEqualTo(BYTES);
    assertThat(err).hasToString("reading\n");
    FakeSs.Asked submission = ss.asked().get(0);
    assertThat(submission.line())
        .isEqualTo(
            "POST /v1/jobs?job_type=word-count&priority=5&parameter=size%3A8x6&label=who%3Ame");
    assertThat(submission.header("Content-type")).isEqualTo("application/octet-stream");
    assertThat(submission.header("Idempotency-key")).hasSize(36);
    assertThat(submission.body()).isEqualTo(new String(BYTES, StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "failed,    3, command_failed, 3",
    "failed,    0, timed_out,      124",
    "failed,    0, could_not_run,  126",
    "failed,  137, out_of_memory,  137",
    "failed,    0, worker_lost,    1",
    "cancelled, 0, cancelled,      130"
  })
  void runExitsAsTheJobDid(String state, int exitCode, String errorCode, int expected) {
    followed(FollowedLog.whole().attempt(1, 1).end(state, exitCode, errorCode));
    ends(state, exitCode, errorCode);

    assertThat(ss("run", "word-count")).isEqualTo(expected);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(JOB_ID).contains(state);
  }

  @Test
  void anSsThatGoesAwayAfterTheJobHasEndedIsWaitedForToo() {
    followed(FollowedLog.whole().attempt(1, 1).end("failed", 3, "command_failed"));
    ss.on("GET " + JOB + "/wait", onceAway(json(200, job("failed", 3, "command_failed"))));
    ss.on("GET " + JOB + "/output", onceAway(body(200, "application/octet-stream", BYTES)));

    assertThat(ss("run", "word-count")).isEqualTo(3);

    assertThat(out.toByteArray()).isEqualTo(BYTES);
  }

  private static FakeSs.Route onceAway(FakeSs.Route then) {
    AtomicInteger requests = new AtomicInteger();
    return request -> {
      if (requests.incrementAndGet() == 1) {
        request.close();
      } else {
        then.answer(request);
      }
    };
  }

  @Test
  void laterAttemptsAreMarkedInTheLog() {
    followed(
        FollowedLog.whole()
            .attempt(1, 1)
            .text("no newline")
            .attempt(2, 2)
            .gap(100)
            .text("two\n")
            .end("succeeded", 0, null));
    ends("succeeded", 0, null);

    ss("run", "word-count");

    assertThat(err)
        .hasToString(
            "no newline\n--- SS: attempt 2 ---\n--- SS: 100 bytes were not kept ---\ntwo\n");
  }

  @Test
  void aQuietRunSaysNothingOfAJobThatSucceeds() {
    followed(FollowedLog.whole().attempt(1, 1).text("log\n").end("succeeded", 0, null));
    ends("succeeded", 0, null);

    assertThat(ss("run", "word-count", "--quiet")).isZero();
    assertThat(err.size()).isZero();
  }

  @Test
  void onATerminalTheLogAndTheOutputCannotGiveItOrders() {
    terminal = new Terminal(false, true, true, 80, true);
    in = new byte[0];
    followed(FollowedLog.whole().attempt(1, 1).text("\033[2Jx\n").end("succeeded", 0, null));
    ends("succeeded", 0, null);

    ss("run", "word-count");

    assertThat(err.toString(StandardCharsets.UTF_8)).contains("?[2Jx").doesNotContain("\033[2J");
    assertThat(out.toString(StandardCharsets.ISO_8859_1)).doesNotContain("\033");
  }

  @Test
  void aSubmissionWhoseAnswerIsLostIsRepeatedUnderTheSameKey() {
    AtomicInteger requests = new AtomicInteger();
    ss.on(
        "POST /v1/jobs",
        request -> {
          if (requests.incrementAndGet() == 1) {
            request.close();
          } else {
            json(201, job("queued", 0, null)).answer(request);
          }
        });

    assertThat(ss("submit", "word-count")).isZero();

    assertThat(out).hasToString(JOB_ID + "\n");
    assertThat(ss.asked()).hasSize(2);
    assertThat(ss.asked().get(0).header("Idempotency-key"))
        .isEqualTo(ss.asked().get(1).header("Idempotency-key"));
  }

  @Test
  void theInputMayBeAFile(@TempDir Path directory) throws IOException {
    ss.on("POST /v1/jobs", json(201, job("queued", 0, null)));
    Path file = Files.writeString(directory.resolve("input"), "from a file");

    assertThat(ss("submit", "word-count", file.toString(), "--at", "2h", "--key", "k")).isZero();

    assertThat(ss.asked().get(0).body()).isEqualTo("from a file");
    assertThat(ss.asked().get(0).header("Idempotency-key")).isEqualTo("k");
    assertThat(ss.lines().get(0)).contains("run_at=2026-11-30T10%3A00%3A00Z");
    assertThat(ss("submit", "word-count", directory.resolve("none").toString())).isEqualTo(74);
  }

  @Test
  void outputGoesOnWhereItBrokeOff() {
    byte[] all = "0123456789".repeat(20_000).getBytes(StandardCharsets.UTF_8);
    AtomicInteger requests = new AtomicInteger();
    ss.on(
        "GET " + JOB + "/output",
        request -> {
          if (requests.incrementAndGet() == 1) {
            request.sendResponseHeaders(200, all.length);
            request.getResponseBody().write(all, 0, 100_000);
            request.getResponseBody().flush();
            request.close();
          } else {
            String range = request.getRequestHeaders().getFirst("Range");
            int from = Integer.parseInt(range.substring("bytes=".length(), range.length() - 1));
            byte[] rest = java.util.Arrays.copyOfRange(all, from, all.length);
            body(206, "application/octet-stream", rest, "SS-Truncated", "true").answer(request);
          }
        });

    assertThat(ss("output", JOB_ID)).isZero();

    assertThat(out.toByteArray()).isEqualTo(all);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("kept only a part");
  }

  @Test
  void waitWaitsThroughAnOutageAndExitsAsTheJobDid() {
    AtomicInteger requests = new AtomicInteger();
    ss.on(
        "GET " + JOB + "/wait",
        request -> {
          switch (requests.incrementAndGet()) {
            case 1 -> json(200, job("running", 0, null)).answer(request);
            case 2 -> problem(503, "unavailable", "Stopping.").answer(request);
            default -> json(200, job("failed", 7, "command_failed")).answer(request);
          }
        });

    assertThat(ss("wait", JOB_ID)).isEqualTo(7);
    assertThat(err.toString(StandardCharsets.UTF_8)).contains("command_failed, exit code 7");
  }

  @Test
  void waitEndsWhenItsTimeIsOver() {
    ss.on("GET " + JOB + "/wait", job("running", 0, null));

    assertThat(ss("wait", JOB_ID, "--timeout", "0s")).isEqualTo(75);
  }

  @Test
  void lsShowsATableOfWhatTheFilterFinds() {
    ss.on(
        "GET /v1/jobs",
        "{\"jobs\":[%s],\"next_cursor\":null}".formatted(job("failed", 3, "command_failed")));

    assertThat(
            ss(
                "ls",
                "-s",
                "failed,cancelled",
                "-t",
                "word-count",
                "-l",
                "a=b",
                "--since",
                "1d",
                "--oldest"))
        .isZero();

    assertThat(out)
        .hasToString(
            "JOB                                   TYPE        STATE   ATTEMPT  CREATED  TOOK  ERROR\n"
                + JOB_ID
                + "  word-count  failed  1/3      0s ago   2.5s  command_failed\n");
    assertThat(ss.lines())
        .containsExactly(
            "GET /v1/jobs?state=failed&state=cancelled&job_type=word-count&label=a%3Ab"
                + "&created_after=2026-11-29T08%3A00%3A00Z&order=oldest&limit=20");
  }

  @Test
  void lsReadsAsManyPagesAsItNeeds() {
    ss.on(
        "GET /v1/jobs",
        request -> {
          boolean first = !request.getRequestURI().toString().contains("cursor=");
          String page =
              "{\"jobs\":[%s],\"next_cursor\":%s}"
                  .formatted(job("queued", 0, null), first ? "\"c\"" : "null");
          json(200, page).answer(request);
        });

    assertThat(ss("ls", "--json", "-n", "5000")).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8).split(JOB_ID, -1)).hasSize(3);
    assertThat(ss.lines()).hasSize(2);
  }

  @Test
  void showHasTheAttempts() {
    ss.on("GET " + JOB, job("succeeded", 0, null));
    ss.on(
        "GET " + JOB + "/attempts",
        "{\"attempts\":[{\"run\":2,\"attempt\":1,\"worker_id\":\"w\\u001b-1\",\"outcome\":\"lost\","
            + "\"started_at\":\"2026-11-30T07:59:00.000Z\",\"ended_at\":null,\"exit_code\":null,"
            + "\"cpu_seconds\":1.5,\"peak_memory_bytes\":2048,\"log_size\":10}]}");

    assertThat(ss("show", JOB_ID)).isZero();

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("state         succeeded\n")
        .contains("took          2.5s\n")
        .contains("2    1        lost     w\uFFFD-1    1m ago   1m    -     1.5s  2 KiB   10 B");
  }

  @Test
  void cancelGoesOnAfterAJobThatCannotBe() {
    String other = JOB_ID.replace('0', '1');
    ss.on("POST " + JOB + "/cancel", problem(409, "job_not_cancellable", "The job is failed."));
    ss.on("POST /v1/jobs/" + other + "/cancel", job("cancelled", 0, null));

    assertThat(ss("cancel", JOB_ID, other)).isEqualTo(65);

    assertThat(out).hasToString(other + " cancelled\n");
    assertThat(err).hasToString("ss: " + JOB_ID + ": The job is failed.\n");
  }

  @Test
  void manyJobsAreChangedOnlyByWhoSaysSo() {
    ss.on("POST /v1/jobs/retry", "{\"dry_run\":true,\"matched\":12,\"changed\":0,\"more\":false}");
    assertThat(ss("retry", "-s", "failed")).isEqualTo(64);
    assertThat(ss.lines()).isEmpty();

    assertThat(ss("retry", "-s", "failed", "--dry-run")).isZero();
    assertThat(out).hasToString("12 jobs would be queued again.\n");
    assertThat(ss.lines())
        .containsExactly("POST /v1/jobs/retry?state=failed&limit=10000&dry_run=true");

    ss.on("POST /v1/jobs/retry", "{\"dry_run\":false,\"matched\":1,\"changed\":1,\"more\":false}");
    assertThat(ss("retry", "-s", "failed", "--yes")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8)).endsWith("\n1 job queued again.\n");
    assertThat(ss("retry")).isEqualTo(64);
    assertThat(ss("retry", JOB_ID, "-s", "failed")).isEqualTo(64);
  }

  @Test
  void typesWorkersSchedulesAndTheReportAreTables() {
    ss.on("GET /v1/job-types", TYPES);
    ss.on("POST /v1/job-types/resize/pause", TYPES);
    ss.on(
        "GET /v1/workers",
        "{\"workers\":[{\"worker_id\":\"w\",\"state\":\"live\",\"slots\":4,\"running\":1,"
            + "\"job_types\":[\"a\",\"b\"],\"started_at\":\"2026-11-30T07:00:00Z\","
            + "\"last_heartbeat_at\":\"2026-11-30T07:59:58Z\",\"host\":null,\"running_jobs\":[{}]}]}");
    ss.on(
        "GET /v1/schedules",
        "{\"schedules\":[{\"name\":\"nightly\",\"cron\":\"0 2 * * *\",\"zone\":\"UTC\",\"job_type\":\"r\","
            + "\"next_at\":\"2026-12-01T02:00:00Z\",\"last_due_at\":null,\"last_success_at\":null,\"missed\":0}]}");
    ss.on(
        "GET /v1/report",
        "{\"verdict\":\"bad\",\"title\":\"There is no worker\",\"areas\":[{\"area\":\"flow\","
            + "\"verdict\":\"ok\",\"summary\":\"No job waits.\"}],\"findings\":[{\"severity\":\"bad\","
            + "\"summary\":\"No worker.\",\"since\":\"2026-11-30T07:58:00Z\",\"runbook\":\"/runbooks/X.md\"}]}");

    assertThat(ss("types")).isZero();
    assertThat(ss("pause", "resize")).isZero();
    assertThat(ss("workers")).isZero();
    assertThat(ss("schedules")).isZero();
    assertThat(ss("report")).isEqualTo(1);

    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("resize  paused  1m30s    3         size=800x600, name")
        .contains("resize paused\n")
        .contains("w       live   -     1/4   1h  2s ago     a,b")
        .contains("nightly   r     0 2 * * *  UTC   in 18h  -         -             0")
        .contains("bad   There is no worker\n  flow       ok    No job waits.\n")
        .contains("bad   No worker.\n      for 2m; /runbooks/X.md\n");
  }

  @Test
  void theTokenIsSentAndNeverAnArgument(@TempDir Path directory) throws IOException {
    ss.on("GET /v1/job-types", TYPES);
    environment.put("SS_TOKEN", "ss_secret");
    ss("types");
    assertThat(ss.asked().get(0).header("Authorization")).isEqualTo("Bearer ss_secret");

    Path file = Files.writeString(directory.resolve("token"), "ss_other\n");
    ss("types", "--token-file", file.toString());
    assertThat(ss.asked().get(1).header("Authorization")).isEqualTo("Bearer ss_other");
    assertThat(ss("types", "--token", "x")).isEqualTo(64);
  }

  @Test
  void whatGoesWrongIsSaidWithWhatToDo() {
    ss.on("GET /v1/job-types", problem(401, "unauthorized", "Send a token."));
    assertThat(ss("types")).isEqualTo(77);
    assertSaid("wants a token. Put it into SS_TOKEN");

    environment.put("SS_TOKEN", "wrong");
    assertThat(ss("types")).isEqualTo(77);
    assertSaid("does not know this token");

    ss.on("GET /v1/job-types", problem(403, "forbidden", "The token does not allow this."));
    assertThat(ss("types")).isEqualTo(77);
    assertSaid("ss: The token does not allow this.");

    ss.on("GET /v1/job-types", problem(400, "invalid_parameter", "state must be\\u001b one."));
    assertThat(ss("types")).isEqualTo(65);
    assertSaid("ss: state must be\uFFFD one.");

    ss.on("GET /v1/job-types", body(502, "text/html", "<p>".getBytes(StandardCharsets.UTF_8)));
    assertThat(ss("types")).isEqualTo(69);
    assertSaid("answers 502; is that an SS?");

    assertThat(ss("types", "--url", "http://127.0.0.1:1")).isEqualTo(69);
    assertSaid("nothing answers at http://127.0.0.1:1. Is SS running there?");

    assertThat(ss("types", "--url", "localhost:8000")).isEqualTo(64);
    assertSaid("is no URL");
  }

  @Test
  void aWrongCommandLineIsSaidInOneLine() {
    assertThat(ss("rnu")).isEqualTo(64);
    assertSaid("rnu");
    assertThat(ss("run")).isEqualTo(64);
    assertSaid("See ss run --help.");
    assertThat(ss("ls", "--since", "yesterday")).isEqualTo(64);
    assertSaid("is no time");
    assertThat(ss()).isEqualTo(64);
    assertSaid("Usage: ss");
  }

  @Test
  void everyCommandHelps() {
    assertThat(ss("--help")).isZero();
    List<String> commands =
        out.toString(StandardCharsets.UTF_8)
            .lines()
            .filter(line -> line.matches("  [a-z]+ +[A-Z].*"))
            .map(line -> line.strip().split(" ", 2)[0])
            .toList();
    assertThat(commands).contains("run", "completion").hasSize(17);
    for (String command : commands) {
      out.reset();
      assertThat(ss(command, "--help")).as(command).isZero();
      assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("Usage: ss " + command);
    }
  }

  @Test
  void completionIsAScriptThatKnowsCommandsAndOptions() {
    assertThat(ss("completion")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .startsWith("#!/usr/bin/env bash")
        .contains("--token-file", "schedules", "complete -F");
  }

  @Test
  void tokenMakesALineForTheFileOfTokens() {
    assertThat(ss("token", "ci", "--allow", "submit,read", "--job-types", "a,b")).isZero();
    assertThat(out.toString(StandardCharsets.UTF_8))
        .matches(
            "ss_[A-Za-z0-9_-]{43}\n  - \\{name: ci, sha256: [0-9a-f]{64}, allow: \\[submit, read],"
                + " jobTypes: \\[a, b]}\n");
    assertThat(ss("token", "ci", "--allow", "everything")).isEqualTo(64);
  }

  private void followed(FollowedLog log) {
    ss.on("POST /v1/jobs", json(201, job("queued", 0, null)));
    ss.on("GET " + JOB + "/log", log);
  }

  private void ends(String state, int exitCode, String errorCode) {
    ss.on("GET " + JOB + "/wait", job(state, exitCode, errorCode));
    ss.on("GET " + JOB + "/output", body(200, "application/octet-stream", BYTES));
  }

  private static FakeSs.Route json(int status, String json) {
    return body(status, "application/json", json.getBytes(StandardCharsets.UTF_8));
  }

  /** Looks at what was said last. */
  private void assertSaid(String text) {
    assertThat(err.toString(StandardCharsets.UTF_8)).contains(text);
    err.reset();
  }

  private int ss(String... arguments) {
    environment.putIfAbsent("SS_URL", ss.uri().toString());
    Context context =
        new Context(
            environment,
            terminal,
            new ByteArrayInputStream(in),
            new PrintStream(out, false, StandardCharsets.UTF_8),
            terminal.data(out),
            new PrintStream(err, false, StandardCharsets.UTF_8),
            InstantSource.fixed(Instant.parse("2026-11-30T08:00:00Z")),
            code -> {});
    return new Commands(context).run(arguments);
  }
}
