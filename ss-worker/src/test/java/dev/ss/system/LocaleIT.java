package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.client.Client;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** On a machine whose language writes numbers with digits of its own. */
class LocaleIT {
  @TempDir private Path directory;

  @ParameterizedTest
  @ValueSource(
      strings = {
        "-Duser.language=fa -Duser.country=IR",
        "-Duser.language=ar -Duser.country=EG",
        "-Duser.language=my"
      })
  void aJobRunsAndIsScraped(String language) {
    try (Ss ss = Ss.in(directory).with("JDK_JAVA_OPTIONS", language)) {
      ss.startApi();
      ss.startWorker();
      String job = ss.client().submit("word-count", "one two three");

      assertThat(ss.client().awaitFinal(job).get("state").textValue()).isEqualTo("succeeded");
      assertThat(ss.client().output(job)).isEqualTo("3\n");
      for (Client process : new Client[] {ss.client(), ss.workerClient()}) {
        assertThat(process.get("/metrics").text()).contains("ss_jobs_total").matches("\\p{ASCII}+");
      }
    }
  }
}
