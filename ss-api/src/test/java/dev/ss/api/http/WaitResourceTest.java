package dev.ss.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ss.access.Caller;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.job.Job;
import dev.ss.store.TestStore;
import io.dropwizard.util.Duration;
import java.nio.file.Path;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class WaitResourceTest {
  private final WaitingClient client = new WaitingClient();

  private static final JobViews VIEWS = new JobViews(TestStore.TYPES);

  @TempDir private Path directory;
  private TestStore store;
  private long nanoTime;
  private Waiters waiters;
  private WaitResource resource;

  @BeforeEach
  void open() throws Exception {
    store = TestStore.open(TestStore.sqlite(directory.resolve("ss.db")));
    waiters = new Waiters(store.jobs(), VIEWS, () -> nanoTime);
    resource = new WaitResource(store.jobs(), waiters, VIEWS, Duration.minutes(5));
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void await(UUID jobId, Optional<String> timeout) {
    resource.await(Caller.ANYONE, jobId.toString(), timeout, client.response(), client.request());
  }

  @Test
  void aFinalJobIsAnsweredAtOnce() {
    Job job = store.submit();
    store.control().cancel(job.id(), Optional.empty());

    await(job.id(), Optional.of("5m"));

    assertThat(client.answers()).containsExactly(VIEWS.of(store.job(job.id())));
  }

  @Test
  void aClientThatDoesNotWantToWaitIsAnsweredAtOnce() {
    Job job = store.submit();

    await(job.id(), Optional.of("0s"));

    assertThat(client.answers()).containsExactly(VIEWS.of(job));
  }

  @ParameterizedTest
  @CsvSource({"1ms, 1", "150ms, 150", "1s, 1_000", "1 second, 1_000", "5m, 300_000", ", 30_000"})
  void aClientWaitsForItsTimeoutAndThirtySecondsByDefault(String timeout, String millis) {
    Job job = store.submit();
    await(job.id(), Optional.ofNullable(timeout));
    nanoTime = Long.parseLong(millis.replace("_", "")) * 1_000_000 - 1;
    waiters.answerDue();
    assertThat(client.answers()).isEmpty();

    nanoTime++;
    waiters.answerDue();

    assertThat(client.answers()).containsExactly(VIEWS.of(job));
  }

  @Test
  void anUnknownJobIsNotWaitedFor() {
    assertThat(
            catchThrowableOfType(
                    ProblemException.class, () -> await(new UUID(1, 2), Optional.of("60s")))
                .code())
        .isEqualTo(ProblemCode.JOB_NOT_FOUND);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "soon",
        "",
        "5",
        "-1s",
        "301s",
        "6m",
        "99999999999999999999s",
        "9223372036854775807d",
        "1.5s",
        "1e3ms",
        "NaN",
        "\u0000"
      })
  void aTimeoutThatIsNotADurationOrTooLongIsRefused(String timeout) {
    Job job = store.submit();

    ProblemException refusal =
        catchThrowableOfType(ProblemException.class, () -> await(job.id(), Optional.of(timeout)));

    assertThat(refusal.code()).isEqualTo(ProblemCode.INVALID_PARAMETER);
    assertThat(refusal)
        .hasMessage("timeout must be a duration such as 30s, and at most 5 minutes.");
  }
}
