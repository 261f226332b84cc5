package dev.ss.api.http;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.api.support.ApiResources;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.util.Arrays;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A SQLite file of which parts are overwritten while the API runs. */
class DamagedFileTest {
  @RegisterExtension static final ApiResources API = new ApiResources();

  private static final int PAGE = 4096;

  @Test
  void itIsNotReadyAndSaysWhy() throws Exception {
    String job = "{\"job_type\": \"report\", \"input\": \"some words\"}";
    API.submitBatch("{\"jobs\": [%s]}".formatted(String.join(",", Collections.nCopies(200, job))));
    API.rows().number("pragma wal_checkpoint(truncate)");
    assertThat(API.get("/health/ready").status()).isEqualTo(200);

    damage();

    assertProblem(
        API.submit("{\"job_type\": \"report\", \"input\": \"x\"}"), 503, "database_unavailable");
    assertThat(API.get("/health/ready").json().path("detail").asText())
        .contains("its file is damaged", "SQLITE_CORRUPT");
    assertThat(API.get("/health/live").status()).isEqualTo(200);
  }

  /** Everything but the first page. */
  private static void damage() throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(API.databaseFile().toFile(), "rw")) {
      byte[] noise = new byte[PAGE];
      Arrays.fill(noise, (byte) 0xa5);
      for (long at = PAGE; at < bytes.length(); at += PAGE) {
        bytes.seek(at);
        bytes.write(noise);
      }
    }
    // Another process's write makes the API forget the pages that it has read.
    try {
      API.rows().execute("pragma user_version = 7");
    } catch (IllegalStateException damaged) {
      // the API will find that too
    }
  }
}
