package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.client.Client;
import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.process.ManagedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same two processes on PostgreSQL. */
class PostgresIT {
  @TempDir private Path directory;

  @Test
  void jobsRunAndSurviveTheirWorker() throws IOException {
    try (PostgresServer postgres = PostgresServer.temporary();
        Ss ss = Ss.in(directory)) {
      ss.with("SS_DATABASE_URL", postgres.url(PostgresServer.USER))
          .with("SS_DATABASE_USER", PostgresServer.USER);
      ss.startApi();
      ManagedProcess worker = ss.startWorker();
      Client client = ss.client();
      List<String> jobs =
          IntStream.range(0, 100).mapToObj(i -> client.submit("bytes", "input " + i)).toList();
      Path gate = directory.resolve("gate");
      String lost = client.submit("gate", gate.toString());
      client.awaitState(lost, "running");
      worker.kill();
      ss.startWorker();
      Files.createFile(gate);
      client.awaitFinal(lost);
      assertThat(client.output(lost)).isEqualTo("passed in attempt 2\n");
      for (int i = 0; i < jobs.size(); i++) {
        client.awaitFinal(jobs.get(i));
        assertThat(client.output(jobs.get(i))).isEqualTo("input " + i);
      }
    }
  }
}
