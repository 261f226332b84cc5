package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
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

    assertThat(client.countWords("http://127.0.0.1:" + ss.apiPort(), "to be or not to be"))
        .isEqualTo("6\n");
  }
}
