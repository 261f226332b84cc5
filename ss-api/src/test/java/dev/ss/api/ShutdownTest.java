package dev.ss.api;

import static dev.ss.api.support.Problems.assertProblem;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.Http;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The API as it stops; {@link ProcessTest} has it in a process that gets a signal. */
class ShutdownTest {
  @RegisterExtension
  static final ApiServerExtension API =
      ApiServerExtension.with("shutdownDelay: 3s, lastScrapeWait: 5m");

  private static final String GOOD = "{\"job_type\": \"report\", \"input\": \"x\"}";

  @Test
  void itSaysThatItIsLeavingAndThenTakesNothingThatItsLastScrapeWouldNotSee() throws Exception {
    Http http = API.http();
    http.submitted("report");
    // A process that was never scraped does not wait for a last scrape.
    assertThat(http.get("/metrics").status()).isEqualTo(200);
    assertThat(http.get("/health/ready").status()).isEqualTo(200);

    CompletableFuture<Void> stopped = API.stop();

    await().until(() -> http.get("/health/ready").status() == 503);
    assertProblem(http.get("/health/ready"), 503, "unavailable");
    assertThat(http.get("/health/live").status()).isEqualTo(200);
    assertThat(http.submit(GOOD).status()).isEqualTo(201);

    await().until(() -> http.submit(GOOD).status() == 503);
    Answer refused = http.submit(GOOD);
    assertProblem(refused, 503, "unavailable");
    assertThat(refused.header("Retry-After")).contains("1");
    assertThat(refused.header("Connection")).contains("close");
    int stored = http.get("/v1/jobs?limit=1000").json().path("jobs").size();
    assertThat(API.scrape().sum("ss_jobs_total", "event=\"created\"")).isEqualTo(stored);
    stopped.get(30, TimeUnit.SECONDS);
  }
}
