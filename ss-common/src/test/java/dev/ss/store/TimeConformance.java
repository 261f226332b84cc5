package dev.ss.store;

import static dev.ss.store.Runs.SUCCEED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.Attempt;
import dev.ss.job.Job;
import dev.ss.job.NewJob;
import java.time.Duration;
import java.time.Instant;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A moment is the same moment wherever the process thinks it is. */
interface TimeConformance extends OnStore {

  /** Each local time below happens twice, or not at all, in its zone. */
  @ParameterizedTest
  @CsvSource({
    "UTC,                2024-02-29T23:59:59.999Z",
    "Europe/Berlin,      2024-10-27T00:30:00.001Z",
    "Europe/Berlin,      2024-10-27T01:30:00.001Z",
    "Europe/Berlin,      2024-03-31T01:00:00.999Z",
    "America/St_Johns,   2024-11-03T04:15:00.123Z",
    "Pacific/Kiritimati, 2024-12-31T10:00:00.500Z"
  })
  default void timesAreKeptToTheMillisecond(String zone, Instant moment) throws Exception {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try (TestStore elsewhere = TestStore.open(settings())) {
      elsewhere.clock().set(moment);
      UUID id = assertKeptWhenSubmitted(elsewhere);
      assertKeptWhenFinished(elsewhere, id);
      TimeZone.setDefault(before);
      assertThat(store().job(id)).isEqualTo(elsewhere.job(id));
    } finally {
      TimeZone.setDefault(before);
    }
  }

  private static UUID assertKeptWhenSubmitted(TestStore store) {
    NewJob submitted = store.newJob().runAt(store.clock().instant().plusMillis(1)).build();
    store.submit(submitted);

    Job stored = store.job(submitted.id());
    assertThat(stored.createdAt()).isEqualTo(submitted.createdAt());
    assertThat(stored.runAt()).isEqualTo(submitted.runAt());
    return submitted.id();
  }

  private static void assertKeptWhenFinished(TestStore store, UUID id) {
    store.clock().advance(Duration.ofMillis(1));
    ManualWorker.Started started = store.worker().start();
    Attempt attempt = started.attempt();
    assertThat(attempt.dueAt()).isEqualTo(store.job(id).runAt());
    assertThat(attempt.startedAt()).isEqualTo(store.clock().instant());
    started.finish(Runs.succeeded("42"), SUCCEED);

    Job ended = store.job(id);
    assertThat(ended.startedAt()).contains(store.clock().instant());
    assertThat(ended.finishedAt()).contains(store.clock().instant());
  }
}
