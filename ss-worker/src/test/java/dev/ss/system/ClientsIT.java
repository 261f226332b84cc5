package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.system.CommandLine.Called;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The README's flow with clients that know SS by its contract alone. */
class ClientsIT {
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

  @Test
  void aClientThatIsGeneratedFromTheDocumentRunsAJob() throws Exception {
    GeneratedClient client =
        GeneratedClient.compiledInto(Files.createDirectory(directory.resolve("classes")));

    assertThat(client.countWords(url(), "to be or not to be")).isEqualTo("6\n");
  }

  @Test
  void theCommandLineSendsAndBringsBackEveryByte() {
    byte[] bytes = new byte[60_000];
    new Random(1).nextBytes(bytes);

    Called run = ss(bytes, "run", "bytes");

    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
    assertThat(run.bytes()).isEqualTo(bytes);
  }

  @Test
  void theCommandLineShowsTheLogAndExitsAsTheCommandDid() {
    Called run = ss(new byte[0], "run", "fail");

    assertThat(run.exitCode()).isEqualTo(3);
    assertThat(run.out()).isEqualTo("partial\n");
    assertThat(run.err())
        .contains("attempt 1 went wrong\n")
        .contains("attempt 2 went wrong\n")
        .contains("attempt 3 went wrong\nss: the job ")
        .contains("failed in attempt 3 of 3: command_failed, exit code 3.");
  }

  @Test
  void theCommandLineFindsAndEndsAJobThatSomebodyElseWaitsFor() {
    byte[] gate = (directory.resolve("never") + "\n").getBytes(StandardCharsets.UTF_8);
    String job = ss(gate, "submit", "gate").out().strip();
    ss.client().awaitState(job, "running");

    assertThat(ss("ls", "--type", "gate").out()).contains(job).contains("running");
    assertThat(ss("show", job).out()).contains("state         running").contains("worker-1");
    assertThat(ss("cancel", job).out()).isEqualTo(job + " running\n");
    assertThat(ss("wait", job).exitCode()).isEqualTo(130);
    assertThat(ss("types").out()).contains("word-count");
    assertThat(ss("workers").out()).contains("worker-1");
  }

  private static String url() {
    return "http://127.0.0.1:" + ss.apiPort();
  }

  private static Called ss(String... arguments) {
    return ss(new byte[0], arguments);
  }

  private static Called ss(byte[] input, String... arguments) {
    return new CommandLine(directory, url()).ss(input, arguments);
  }
}
