package dev.ss.cli;

import static dev.ss.cli.fake.FakeSs.JOB_ID;
import static dev.ss.cli.fake.FakeSs.body;
import static dev.ss.cli.fake.FakeSs.job;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.cli.fake.FakeSs;
import dev.ss.testkit.process.ManagedProcess;
import dev.ss.testkit.process.Tmux;
import dev.ss.testkit.repository.BinSs;
import dev.ss.testkit.unit.Installed;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code bin/ss run} where a person sits, and where none does. */
class TerminalIT {
  private static final String BIN_SS = BinSs.built();
  private static final String JOB = "/v1/jobs/" + JOB_ID;
  private static final String BEGINNING =
      """
      event: attempt
      id: 1:0
      data: {"run":1,"attempt":1,"worker_id":"w","started_at":"2026-11-30T08:00:01.000Z"}

      event: bytes
      id: 1:8
      data: {"run":1,"offset":0,"base64":"YSBsaW5lLgo="}

      event: progress
      data: {"progress":0.42,"message":"Reading rows"}

      """;

  @TempDir private Path directory;
  private final FakeSs ss = new FakeSs();

  /** How the job ends; the log is open until then. */
  private final CompletableFuture<String> end = new CompletableFuture<>();

  @BeforeEach
  void aJobThatRunsUntilTheTestEndsIt() {
    ss.on("POST /v1/jobs", body(201, "application/json", utf8(job("queued", 0, null))));
    ss.on(
        "GET " + JOB + "/log",
        request -> {
          request.getResponseHeaders().set("Content-Type", "text/event-stream");
          request.sendResponseHeaders(200, 0);
          try (OutputStream events = request.getResponseBody()) {
            events.write(utf8(BEGINNING));
            events.flush();
            events.write(utf8("event: end\ndata: {\"state\":\"" + end.join() + "\"}\n\n"));
          }
        });
    ss.on(
        "POST " + JOB + "/cancel",
        request -> {
          body(202, "application/json", utf8(job("running", 0, null))).answer(request);
          ends("cancelled", "cancelled");
        });
    ss.on("GET " + JOB + "/output", body(200, "application/octet-stream", utf8("six\n")));
  }

  @AfterEach
  void stop() {
    end.complete("failed");
    ss.close();
  }

  @Test
  void aTerminalHasAProgressBarBelowTheLog() {
    try (Tmux terminal = terminal(BIN_SS + " run word-count </dev/null")) {
      terminal.awaitScreen("[##########--------------]  42% Reading rows");
      assertThat(terminal.screen()).startsWith("a line.\n[###");

      ends("succeeded", null);

      terminal.awaitScreen("exit code 0");
      assertThat(terminal.screen())
          .startsWith("a line.\nsix\nss: the job succeeded in 2.5s.\nexit code 0");
    }
  }

  @Test
  void ctrlCAsksAndCancelsTheJob() {
    try (Tmux terminal = terminal(BIN_SS + " run word-count </dev/tty")) {
      terminal.awaitScreen("Ctrl-D");
      terminal.press("C-d");
      terminal.awaitScreen("42%");
      terminal.press("C-c");
      terminal.awaitScreen("ss: Cancel the job " + JOB_ID + "? [y/N]");
      terminal.press("y", "Enter");

      terminal.awaitScreen("exit code 130");
      assertThat(terminal.screen()).contains("asked SS to cancel the job", "is cancelled.");
      assertThat(ss.lines()).contains("POST " + JOB + "/cancel");
    }
  }

  @Test
  void ctrlCLeavesTheJobToWhoDoesNotSayYes() {
    try (Tmux terminal = terminal(BIN_SS + " run word-count </dev/tty")) {
      terminal.awaitScreen("Ctrl-D");
      terminal.press("C-d");
      terminal.awaitScreen("42%");
      terminal.press("C-c");
      terminal.awaitScreen("[y/N]");
      terminal.press("Enter");

      terminal.awaitScreen("exit code 130");
      assertThat(terminal.screen()).contains("the job " + JOB_ID + " goes on.");
      assertThat(ss.lines()).doesNotContain("POST " + JOB + "/cancel");
    }
  }

  @Test
  void aPipeGetsTheBytesAndTheTerminalTheBar() throws IOException {
    Path piped = directory.resolve("piped");
    try (Tmux terminal =
        terminal("echo x | %s run word-count | cat > %s".formatted(BIN_SS, piped))) {
      terminal.awaitScreen("42% Reading rows");
      ends("succeeded", null);
      terminal.awaitScreen("exit code 0");
      assertThat(Files.readString(piped)).isEqualTo("six\n");
      assertThat(terminal.screen()).doesNotContain("six");
    }
  }

  /** A build in the background ignores interrupts, and so would its children without env. */
  @Test
  void withoutATerminalThereIsNoBarAndAnInterruptLeavesTheJobRunning() {
    try (ManagedProcess run =
        ManagedProcess.start(
            directory,
            directory.resolve("log"),
            environment(),
            List.of(
                "env",
                "--default-signal=INT",
                "sh",
                "-c",
                "exec %s run word-count </dev/null".formatted(BIN_SS)))) {
      run.awaitLog("a line.\n");

      run.signal("INT");

      assertThat(run.awaitExit()).isEqualTo(130);
      assertThat(run.log())
          .startsWith("a line.\nss: the job " + JOB_ID + " goes on. ss log --follow " + JOB_ID)
          .doesNotContain("\033", "%");
      assertThat(ss.lines()).doesNotContain("POST " + JOB + "/cancel");
    }
  }

  private Tmux terminal(String command) {
    Installed.assumeTmux();
    return Tmux.run(directory, environment(), command);
  }

  private Map<String, String> environment() {
    return Map.of("SS_URL", ss.uri().toString(), "JAVA_HOME", System.getProperty("java.home"));
  }

  private void ends(String state, String errorCode) {
    ss.on("GET " + JOB + "/wait", job(state, 0, errorCode));
    end.complete(state);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
