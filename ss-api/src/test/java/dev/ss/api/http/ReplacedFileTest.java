package dev.ss.api.http;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.api.support.ApiResources;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/** A SQLite file that another one takes the place of while the API runs. */
class ReplacedFileTest {
  @RegisterExtension static final ApiResources API = new ApiResources();

  @TempDir private Path directory;

  @Test
  void itIsNotReadyAndTakesNoJobThatNobodyWouldEverFind() throws Exception {
    API.submitted();
    Path copy = Files.copy(API.databaseFile(), directory.resolve("copy.db"));
    API.takeTheDatabaseAway();
    Files.copy(copy, API.databaseFile());

    assertThat(API.get("/health/ready").status()).isEqualTo(503);

    assertThat(API.get("/health/ready").json().path("detail").asText())
        .contains("has been replaced since it was opened; restart SS");
    assertProblem(
        API.submit("{\"job_type\": \"report\", \"input\": \"x\"}"), 503, "database_unavailable");
  }
}
