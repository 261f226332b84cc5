package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ss.job.Cost;
import dev.ss.job.Job;
import dev.ss.job.JobOptions;
import dev.ss.job.JobState;
import dev.ss.job.NewJob;
import dev.ss.store.Submissions.Match;
import dev.ss.store.Submissions.Stored;
import dev.ss.testkit.unit.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;

interface SubmissionConformance extends OnStore {

  @Test
  default void aNewJobIsQueuedAndHasNotBeenTried() {
    NewJob submitted =
        store().newJob().type("checksum").maxAttempts(5).priority(7).submittedBy("ci").build();

    Job answered = store().submit(submitted);

    assertThat(answered)
        .isEqualTo(
            new Job(
                submitted.id(),
                "checksum",
                JobState.QUEUED,
                0,
                5,
                7,
                submitted.createdAt(),
                submitted.runAt(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                Optional.of("ci"),
                Optional.empty(),
                Cost.ofInput(submitted.input().size()),
                JobOptions.NONE,
                Optional.empty(),
                Optional.empty(),
                Optional.empty()));
    assertThat(store().job(submitted.id())).isEqualTo(answered);
  }

  @Test
  default void aJobForLaterCanBeClaimedThen() {
    Instant tomorrow = store().clock().instant().plus(Duration.ofDays(1));

    Job job = store().submit(store().newJob().runAt(tomorrow).build());

    assertThat(store().worker().claim(8)).isEmpty();
    store().clock().set(tomorrow);
    assertThat(store().worker().start().attempt().jobId()).isEqualTo(job.id());
  }

  @Test
  default void theInputIsKeptByteForByte() {
    byte[] everyByte = new byte[256];
    for (int i = 0; i < everyByte.length; i++) {
      everyByte[i] = (byte) i;
    }

    store().submit(store().newJob().input(everyByte).build());

    assertThat(store().worker().start().input()).isEqualTo(everyByte);
  }

  @Test
  default void aJobMayHaveNoInput() {
    store().submit(store().newJob().input(new byte[0]).build());

    assertThat(store().worker().start().input()).isEmpty();
  }

  @Test
  default void aSubmissionWhoseInputCannotBeStoredStoresNothing() {
    NewJob job = store().newJob().build();

    store().without("job_inputs", () -> assertDefect(job));

    assertThat(store().contents().values()).allSatisfy(rows -> assertThat(rows).isEmpty());
  }

  private void assertDefect(NewJob job) {
    assertThatThrownBy(() -> store().submissions().submit(job)).isInstanceOf(JdbiException.class);
  }

  @Test
  default void aFailedSubmissionDoesNotSpoilTheNext() {
    NewJob job = store().newJob().build();

    store().without("job_inputs", () -> assertDefect(job));

    assertThat(store().submissions().submit(job).match()).isEqualTo(Match.CREATED);
  }

  @Test
  default void submittingTwiceUnderOneKeyStoresOneJob() {
    Job first = store().submit(store().newJob().key("order-7", "digest").build());

    Stored second = store().submissions().submit(store().newJob().key("order-7", "digest").build());

    assertThat(second).isEqualTo(new Stored(Match.REPEATED, first));
    assertThat(store().rows("jobs")).hasSize(1);
    assertThat(store().rows("job_inputs")).hasSize(1);
  }

  @Test
  default void aRepetitionAnswersWithTheJobAsItIsNow() {
    Job first = store().submit(store().newJob().key("order-7", "digest").build());
    store().control().cancel(first.id(), Optional.empty());

    Stored second = store().submissions().submit(store().newJob().key("order-7", "digest").build());

    assertThat(second).isEqualTo(new Stored(Match.REPEATED, store().job(first.id())));
  }

  @Test
  default void aKeyDoesNotServeForAnotherSubmission() {
    Job first = store().submit(store().newJob().key("order-7", "digest").build());

    Stored other = store().submissions().submit(store().newJob().key("order-7", "other").build());

    assertThat(other).isEqualTo(new Stored(Match.KEY_REUSED, first));
    assertThat(store().rows("jobs")).hasSize(1);
  }

  @Test
  default void submissionsWithoutAKeyAreNeverTakenForEachOther() {
    store().submit();
    store().submit();

    assertThat(store().rows("jobs")).hasSize(2);
  }

  @Test
  default void ofManySubmissionsUnderOneKeyAtOnceExactlyOneIsStored() throws Exception {
    List<Stored> results =
        Together.inThreads(
            20,
            () -> store().submissions().submit(store().newJob().key("order-7", "digest").build()));

    List<Job> created =
        results.stream()
            .filter(result -> result.match() == Match.CREATED)
            .map(Stored::job)
            .toList();
    assertThat(created).hasSize(1);
    assertThat(results)
        .filteredOn(result -> result.match() == Match.REPEATED)
        .hasSize(19)
        .containsOnly(new Stored(Match.REPEATED, created.get(0)));
    assertThat(store().rows("jobs")).hasSize(1);
  }

  @Test
  default void aBatchStoresEachJobWithItsInput() {
    Instant tomorrow = store().clock().instant().plus(Duration.ofDays(1));
    List<NewJob> jobs =
        List.of(
            store().newJob().type("checksum").priority(7).input(new byte[] {1}).build(),
            store().newJob().runAt(tomorrow).input(new byte[0]).key("k", "digest").build(),
            store().newJob().priority(9).input(new byte[] {3}).key("a", "digest").build());

    List<Stored> results = store().submissions().submitAll(jobs);

    for (int i = 0; i < jobs.size(); i++) {
      assertThat(results.get(i))
          .isEqualTo(new Stored(Match.CREATED, store().job(jobs.get(i).id())));
    }
    assertThat(store().rows("job_inputs")).extracting("input").containsExactly("01", "", "03");
  }

  @Test
  default void aBatchTellsRepetitionsAndClashesApartFromWhatIsNew() {
    Job earlier = store().submit(store().newJob().key("earlier", "digest").build());
    NewJob first = store().newJob().key("again", "digest").build();
    NewJob unkeyed = store().newJob().build();

    List<Stored> results =
        store()
            .submissions()
            .submitAll(
                List.of(
                    store().newJob().key("earlier", "digest").build(),
                    first,
                    store().newJob().key("again", "digest").build(),
                    unkeyed,
                    store().newJob().key("again", "other").build(),
                    store().newJob().key("earlier", "other").build()));

    assertThat(results)
        .containsExactly(
            new Stored(Match.REPEATED, earlier),
            new Stored(Match.CREATED, store().job(first.id())),
            new Stored(Match.REPEATED, store().job(first.id())),
            new Stored(Match.CREATED, store().job(unkeyed.id())),
            new Stored(Match.KEY_REUSED, store().job(first.id())),
            new Stored(Match.KEY_REUSED, earlier));
    assertThat(store().rows("jobs")).hasSize(3);
    assertThat(store().rows("job_inputs")).hasSize(3);
  }

  @Test
  default void aBatchMayHaveNothingNew() {
    Job earlier = store().submit(store().newJob().key("earlier", "digest").build());
    NewJob again = store().newJob().key("earlier", "digest").build();

    assertThat(store().submissions().submitAll(List.of(again, again)))
        .containsExactly(new Stored(Match.REPEATED, earlier), new Stored(Match.REPEATED, earlier));
  }

  @Test
  default void aBatchThatCannotBeStoredWholeStoresNothing() {
    List<NewJob> jobs = List.of(store().newJob().build(), store().newJob().key("k", "d").build());
    store()
        .without(
            "job_inputs",
            () ->
                assertThatThrownBy(() -> store().submissions().submitAll(jobs))
                    .isInstanceOf(JdbiException.class));

    assertThat(store().contents().values()).allSatisfy(rows -> assertThat(rows).isEmpty());
    assertThat(store().submissions().submitAll(jobs))
        .extracting(Stored::match)
        .containsOnly(Match.CREATED);
  }

  @Test
  default void batchesAtOnceWithTheSameKeysInAnyOrderStoreEachOnce() throws Exception {
    List<String> keys = IntStream.range(0, 300).mapToObj(i -> "key-" + i).toList();

    List<List<Stored>> results =
        Together.inThreads(6, () -> store().submissions().submitAll(shuffled(keys)));

    assertThat(results.stream().flatMap(List::stream))
        .filteredOn(result -> result.match() == Match.CREATED)
        .hasSize(keys.size());
    assertThat(results.stream().flatMap(List::stream))
        .filteredOn(result -> result.match() == Match.REPEATED)
        .hasSize(5 * keys.size());
    assertThat(store().rows("job_inputs")).hasSize(keys.size());
  }

  private List<NewJob> shuffled(List<String> keys) {
    List<String> inAnyOrder = new ArrayList<>(keys);
    Collections.shuffle(inAnyOrder);
    return inAnyOrder.stream().map(key -> store().newJob().key(key, "digest").build()).toList();
  }

  @Test
  default void usedKeysAreKnown() {
    store().submit(store().newJob().key("used", "digest").build());

    assertThat(store().submissions().known(List.of("used", "unused", "used")))
        .containsExactly("used");
    assertThat(store().submissions().known(List.of())).isEmpty();
  }
}
