package dev.ss.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.testkit.process.LivingProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Commands that start processes, which write their ids into a file before they go on. */
@EnabledOnOs(OS.LINUX)
class ProcessTreeTest {
  @TempDir private Path parent;
  private AttemptDirectory directory;
  private Process command;
  private ProcessTree tree;

  @BeforeEach
  void create() throws IOException {
    directory =
        AttemptDirectory.create(parent, Attempts.attempt(), Attempts.NO_INPUT, Confined.NOT);
  }

  @AfterEach
  void close() {
    tree.end(Duration.ZERO);
    directory.close();
  }

  private void start(String script) throws IOException {
    Marks marks = new Marks(directory);
    ProcessBuilder builder =
        new ProcessBuilder("sh", "-c", script)
            .directory(directory.working().toFile())
            .redirectInput(directory.input().toFile());
    marks.addTo(builder.environment());
    command = builder.start();
    tree = new ProcessTree(command, marks);
  }

  /** The id of the process that the script has started. */
  private long started() {
    Path file = directory.working().resolve("pid");
    await().until(() -> Files.exists(file) && Files.readString(file).endsWith("\n"));
    try {
      return Long.parseLong(Files.readString(file).strip());
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void whatTheCommandHasStartedEndsWithIt() throws Exception {
    start("sleep 300 & echo $! > pid; wait");
    long child = started();

    tree.end(Attempts.GRACE);

    assertThat(List.of(command.pid(), child)).noneMatch(LivingProcesses::isRunning);
  }

  @Test
  void aProcessWhoseParentHasEndedIsFoundByItsMark() throws Exception {
    start("(sleep 300 > /dev/null 2>&1 & echo $! > pid)");
    assertThat(command.waitFor(10, TimeUnit.SECONDS)).isTrue();
    long orphan = started();
    assertThat(LivingProcesses.isRunning(orphan)).isTrue();

    tree.end(Attempts.GRACE);

    assertThat(LivingProcesses.isRunning(orphan)).isFalse();
  }

  @Test
  void aProcessThatIgnoresTheRequestToEndIsKilled() throws Exception {
    start("trap '' TERM; echo $$ > pid; while :; do sleep 0.05; done");
    long stubborn = started();

    tree.end(Duration.ofMillis(50));

    assertThat(LivingProcesses.isRunning(stubborn)).isFalse();
  }

  @Test
  void aProcessThatTheCommandLeavesBehindHoldsItsStreamsUntilItEnds() throws Exception {
    start("sleep 300 & echo $! > pid; sleep 300");
    started();
    assertThat(tree.holdStreams(tree.left(true))).isTrue();
    assertThat(tree.holdStreams(tree.left(false))).isTrue();

    tree.end(Attempts.GRACE);

    assertThat(tree.holdStreams(tree.left(false))).isFalse();
  }
}
