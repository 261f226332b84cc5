package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
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
    try (EmbeddedPostgres postgres = EmbeddedPostgres.start();
        Ss ss = Ss.in(directory)) {
      ss.with("SS_DATABASE_URL", postgres.getJdbcUrl("postgres", "postgres"))
          .with("SS_DATABASE_USER", "postgres");
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
