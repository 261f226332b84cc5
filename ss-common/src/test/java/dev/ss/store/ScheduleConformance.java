package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ss.job.NewJob;
import dev.ss.job.Schedule;
import dev.ss.job.ScheduleState;
import dev.ss.job.Timetable;
import dev.ss.store.Schedules.Settlement;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

interface ScheduleConformance extends OnStore {
  Instant T0 = Instant.parse("2030-01-01T00:00:00.123Z");
  Instant T1 = T0.plusSeconds(60);
  Instant T2 = T1.plusSeconds(60);

  private static Schedule schedule(String name, String cron, String zone) {
    return new Schedule(
        name,
        Timetable.of(cron, ZoneId.of(zone)),
        TestStore.type("word-count", Optional.empty()),
        new byte[0],
        0,
        Duration.ofHours(1));
  }

  private static Schedule nightly() {
    return schedule("nightly", "0 2 * * *", "Europe/Berlin");
  }

  private ScheduleState state(String name) {
    return store().schedules().all().get(name);
  }

  private NewJob job() {
    return store().newJob().schedule("nightly").runAt(T1).build();
  }

  @Test
  default void aNewScheduleIsDueFromNowOn() {
    store().schedules().announce(List.of(nightly()), T0);

    assertThat(store().schedules().all())
        .isEqualTo(
            Map.of(
                "nightly",
                new ScheduleState(
                    "nightly",
                    "0 2 * * *",
                    "Europe/Berlin",
                    T0,
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    0,
                    Optional.empty())));
  }

  @Test
  default void aScheduleThatIsAnnouncedAgainGoesOnWhereItWas() {
    store().schedules().announce(List.of(nightly()), T0);
    store().schedules().announce(List.of(nightly(), schedule("other", "@daily", "UTC")), T1);

    assertThat(state("nightly").settledUntil()).isEqualTo(T0);
    assertThat(state("other").settledUntil()).isEqualTo(T1);
  }

  @Test
  default void aChangedScheduleIsDueFromNowOnAndKeepsWhatItHas() {
    store().schedules().announce(List.of(nightly()), T0);
    NewJob job = job();
    store().schedules().settle(state("nightly"), new Settlement(T1, List.of(job), 2), T1);

    Schedule changed = schedule("nightly", "0 2 * * *", "UTC");
    store().schedules().announce(List.of(changed), T2);

    ScheduleState state = state("nightly");
    assertThat(state.isOf(changed.timetable())).isTrue();
    assertThat(state.isOf(nightly().timetable())).isFalse();
    assertThat(state.settledUntil()).isEqualTo(T2);
    assertThat(state.lastJobId()).contains(job.id());
    assertThat(state.missed()).isEqualTo(2);
  }

  @Test
  default void aChangeNeverGoesBackBehindWhatIsSettled() {
    store().schedules().announce(List.of(nightly()), T2);
    store().schedules().announce(List.of(schedule("nightly", "@daily", "UTC")), T1);

    assertThat(state("nightly").settledUntil()).isEqualTo(T2);
  }

  @Test
  default void aScheduleThatIsNotAnnouncedAnyMoreIsForgotten() {
    store().schedules().announce(List.of(nightly(), schedule("other", "@daily", "UTC")), T0);
    store().schedules().announce(List.of(nightly()), T1);
    assertThat(store().schedules().all()).containsOnlyKeys("nightly");

    store().schedules().announce(List.of(), T2);
    assertThat(store().schedules().all()).isEmpty();
  }

  @Test
  default void aSettlementStoresItsJobsAndHowFarTheScheduleHasCome() {
    store().schedules().announce(List.of(nightly()), T0);
    NewJob first = store().newJob().schedule("nightly").runAt(T0.plusSeconds(9)).build();
    NewJob second = job();

    assertThat(
            store()
                .schedules()
                .settle(state("nightly"), new Settlement(T1, List.of(first, second), 3), T2))
        .isTrue();

    assertThat(store().job(first.id()).schedule()).contains("nightly");
    assertThat(store().job(second.id()).runAt()).isEqualTo(T1);
    assertThat(store().count("job_inputs")).isEqualTo(2);
    assertThat(state("nightly"))
        .isEqualTo(
            new ScheduleState(
                "nightly",
                "0 2 * * *",
                "Europe/Berlin",
                T1,
                Optional.of(T1),
                Optional.of(second.id()),
                Optional.empty(),
                3,
                Optional.of(T2)));
  }

  @Test
  default void runsThatAreMissedLeaveTheLastJobKnown() {
    store().schedules().announce(List.of(nightly()), T0);
    NewJob job = job();
    store().schedules().settle(state("nightly"), new Settlement(T1, List.of(job), 0), T1);
    assertThat(state("nightly").lastMissedAt()).isEmpty();

    store().schedules().settle(state("nightly"), new Settlement(T2, List.of(), 1), T2);

    assertThat(state("nightly").lastJobId()).contains(job.id());
    assertThat(state("nightly").lastDueAt()).contains(T1);
    assertThat(state("nightly").missed()).isEqualTo(1);
  }

  @Test
  default void onlyOneOfTwoSettlementsOfTheSameMomentsIsStored() {
    store().schedules().announce(List.of(nightly()), T0);
    ScheduleState seen = state("nightly");

    assertThat(store().schedules().settle(seen, new Settlement(T1, List.of(job()), 1), T1))
        .isTrue();
    assertThat(store().schedules().settle(seen, new Settlement(T1, List.of(job()), 1), T1))
        .isFalse();

    assertThat(store().count("jobs")).isEqualTo(1);
    assertThat(state("nightly").missed()).isEqualTo(1);
  }

  @Test
  default void nothingIsSettledOfAScheduleThatHasBeenChangedOrForgotten() {
    store().schedules().announce(List.of(nightly()), T0);
    ScheduleState seen = state("nightly");
    store().schedules().announce(List.of(schedule("nightly", "@daily", "UTC")), T0);
    assertThat(store().schedules().settle(seen, new Settlement(T1, List.of(job()), 0), T1))
        .isFalse();

    store().schedules().announce(List.of(), T0);
    assertThat(store().schedules().settle(seen, new Settlement(T1, List.of(job()), 0), T1))
        .isFalse();

    assertThat(store().count("jobs")).isZero();
  }

  @Test
  default void aSettlementWhoseJobsCannotBeStoredIsNotStored() {
    store().schedules().announce(List.of(nightly()), T0);
    ScheduleState seen = state("nightly");

    store()
        .without(
            "job_inputs",
            () ->
                assertThatThrownBy(
                        () ->
                            store()
                                .schedules()
                                .settle(seen, new Settlement(T1, List.of(job()), 0), T1))
                    .isInstanceOf(RuntimeException.class));

    assertThat(state("nightly")).isEqualTo(seen);
    assertThat(store().count("jobs")).isZero();
  }

  @Test
  default void theLastSuccessIsKnownFromTheJobsAndOutlivesThem() {
    store().schedules().announce(List.of(nightly()), T0);
    store().submit(store().newJob().schedule("nightly").build());
    store().submit(store().newJob().schedule("nightly").build());
    store().worker().start().finish(Runs.succeeded("1"), Runs.SUCCEED);
    store().clock().advance(Duration.ofSeconds(1));
    store().worker().start().finish(Runs.failed("no"), Runs.FAIL);
    Instant success = store().clock().instant().minusSeconds(1);
    assertThat(state("nightly").lastSuccessAt()).contains(success);

    store().schedules().keepLastSuccesses(Map.of("nightly", success));
    store().schedules().keepLastSuccesses(Map.of("nightly", success.minusSeconds(9), "gone", T0));
    new Retention(store().database()).deleteFinal(store().clock().instant().plusSeconds(1), 10);

    assertThat(store().count("jobs")).isZero();
    assertThat(state("nightly").lastSuccessAt()).contains(success);
  }
}
