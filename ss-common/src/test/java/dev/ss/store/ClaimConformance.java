package dev.ss.store;

import static dev.ss.store.Runs.SUCCEED;
import static dev.ss.store.TestStore.type;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.Attempt;
import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.job.JobType;
import dev.ss.store.ManualWorker.Started;
import dev.ss.testkit.unit.Together;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That workers claim only what they offer, the most urgent first, and never more than may run. */
interface ClaimConformance extends OnStore {

  private static List<JobType> types(String... names) {
    return Stream.of(names).map(name -> type(name, Optional.empty())).toList();
  }

  private Job submit(String type, int priority) {
    return store().submit(store().newJob().type(type).priority(priority).build());
  }

  private List<UUID> claimed(ManualWorker worker, int limit) {
    return worker.claim(limit).stream().map(started -> started.attempt().jobId()).toList();
  }

  private List<UUID> claimedOneByOne(ManualWorker worker, int jobs) {
    return IntStream.range(0, jobs).mapToObj(i -> worker.start().attempt().jobId()).toList();
  }

  @Test
  default void aClaimBeginsTheAttemptAndBringsItsInput() {
    Job job = store().submit(store().newJob().input(new byte[] {4, 2}).build());

    Started started = store().worker().start();

    assertThat(store().job(job.id()).state()).isEqualTo(JobState.RUNNING);
    assertThat(started.attempt())
        .returns(job.id(), Attempt::jobId)
        .returns(1, Attempt::number)
        .returns(1, Attempt::generation);
    assertThat(started.input()).containsExactly(4, 2);
  }

  @Test
  default void anEmptyQueueGivesNothing() {
    assertThat(store().worker().claim(8)).isEmpty();
  }

  @Test
  default void noMoreIsClaimedThanThereAreFreeSlots() {
    IntStream.range(0, 5).forEach(i -> store().submit());

    assertThat(store().worker().claim(3)).hasSize(3);
    assertThat(store().worker().claim(0)).isEmpty();
    assertThat(store().worker().claim(3)).hasSize(2);
  }

  @Test
  default void eachOfManyGetsItsOwnInput() {
    List<Job> jobs =
        IntStream.range(0, 20)
            .mapToObj(i -> store().newJob().input(new byte[] {(byte) i}).build())
            .map(store()::submit)
            .toList();

    List<Started> claimed = store().worker().claim(20);

    assertThat(claimed).hasSize(20);
    assertThat(claimed)
        .allSatisfy(
            each -> assertThat(jobs.get(each.input()[0]).id()).isEqualTo(each.attempt().jobId()));
  }

  @Test
  default void aJobWithoutItsInputIsClaimedAllTheSame() {
    store().submit();
    store().sql("delete from job_inputs");

    assertThat(store().worker().queue().turn(List.of(), 1).claimed())
        .singleElement()
        .satisfies(claimed -> assertThat(claimed.input()).isEmpty());
  }

  @Test
  default void aWorkerClaimsOnlyWhatItOffers() {
    Job other = submit("first", 100);
    Job own = submit("second", 0);

    assertThat(claimed(store().worker("w", types("second")), 8)).containsExactly(own.id());

    assertThat(store().job(other.id())).isEqualTo(other);
  }

  @Test
  default void aJobOfATypeThatNobodyOffersWaits() {
    Job unknown = submit("retired", 100);

    assertThat(store().worker().claim(8)).isEmpty();
    assertThat(store().job(unknown.id())).isEqualTo(unknown);
  }

  @Test
  default void theMostUrgentGoesFirstWhateverItsType() {
    List<Job> jobs =
        List.of(
            submit("first", 9),
            submit("second", 5),
            submit("first", 5),
            submit("second", 1),
            submit("first", 0),
            submit("second", -9));
    submit("checksum", 100);

    List<UUID> order = claimedOneByOne(store().worker("w", types("first", "second")), 6);

    List<UUID> submitted = jobs.stream().map(Job::id).toList();
    assertThat(order.subList(1, 3)).containsExactlyInAnyOrderElementsOf(submitted.subList(1, 3));
    assertThat(order.get(0)).isEqualTo(submitted.get(0));
    assertThat(order.subList(3, 6)).isEqualTo(submitted.subList(3, 6));
  }

  @Test
  default void ofTheSamePriorityTheOneThatHasBeenDueForLongestGoesFirstWhateverItsType() {
    List<UUID> submitted = new ArrayList<>();
    for (String type : List.of("second", "first", "first", "second")) {
      submitted.add(submit(type, 0).id());
      store().clock().advance(Duration.ofMillis(1));
    }

    assertThat(claimedOneByOne(store().worker("w", types("first", "second")), 4))
        .isEqualTo(submitted);
  }

  @Test
  default void aClaimOfSeveralTakesTheMostUrgent() {
    List<UUID> urgent = List.of(submit("first", 3).id(), submit("second", 2).id());
    submit("first", 1);
    submit("second", 0);

    assertThat(claimed(store().worker(), 2)).containsExactlyInAnyOrderElementsOf(urgent);
  }

  @Test
  default void aJobForLaterDoesNotHideOneThatIsDue() {
    store()
        .submit(
            store()
                .newJob()
                .type("first")
                .priority(9)
                .runAt(store().clock().instant().plus(Duration.ofDays(36_500)))
                .build());
    Job due = submit("first", 1);

    assertThat(claimed(store().worker(), 8)).containsExactly(due.id());
  }

  @Test
  default void noMoreRunThanTheLimitAndOtherTypesGoOn() {
    for (int i = 0; i < 5; i++) {
      submit("first", 9);
    }
    Job other = submit("second", 0);
    ManualWorker worker =
        store()
            .worker("w", List.of(type("first", Optional.of(2)), type("second", Optional.empty())));

    List<Started> claimed = worker.claim(8);

    assertThat(claimed).hasSize(3);
    assertThat(claimed)
        .anySatisfy(each -> assertThat(each.attempt().jobId()).isEqualTo(other.id()));
    assertThat(worker.claim(8)).isEmpty();
  }

  @Test
  default void anAttemptThatEndsMakesRoomInTheSameTransaction() {
    submit("first", 0);
    Job next = submit("first", 0);
    ManualWorker worker = store().worker("w", List.of(type("first", Optional.of(1))));
    Started started = worker.start();

    JobQueue.Turn turn = worker.turn(1, started.end(Runs.succeeded("1"), SUCCEED));

    assertThat(turn.claimed())
        .extracting(claimed -> claimed.attempt().jobId())
        .containsExactly(next.id());
  }

  @Test
  default void jobsOfALostWorkerCountUntilTheyAreRecovered() {
    submit("first", 0);
    submit("first", 0);
    List<JobType> offered = List.of(type("first", Optional.of(1)));
    store().worker("lost", offered).start();
    ManualWorker worker = store().worker("w", offered);
    assertThat(worker.claim(8)).isEmpty();

    store().lostJobs().recoverAll("lost", attempt -> Runs.FAIL);

    assertThat(worker.claim(8)).hasSize(1);
  }

  @Test
  default void theLimitHoldsWhileSeveralWorkersClaim() throws Exception {
    int jobs = 60;
    for (int i = 0; i < jobs; i++) {
      submit("first", 0);
    }
    List<JobType> offered = List.of(type("first", Optional.of(2)));
    AtomicInteger done = new AtomicInteger();
    AtomicInteger names = new AtomicInteger();
    List<Integer> most =
        Together.inThreads(
            3,
            () -> {
              ManualWorker worker = store().worker("w" + names.incrementAndGet(), offered);
              int max = 0;
              while (done.get() < jobs) {
                List<Started> claimed = worker.claim(3);
                max = Math.max(max, running());
                claimed.forEach(each -> each.finish(Runs.succeeded("42"), SUCCEED));
                done.addAndGet(claimed.size());
              }
              return max;
            });

    assertThat(most).allSatisfy(max -> assertThat(max).isBetween(1, 2));
  }

  private int running() {
    return store()
        .database()
        .read(
            handle ->
                handle
                    .createQuery("select count(*) from jobs where state = 'running'")
                    .mapTo(Integer.class)
                    .one());
  }

  @Test
  default void ofWorkersThatClaimTogetherEachJobGoesToOne() throws Exception {
    int jobs = 400;
    IntStream.range(0, jobs).forEach(i -> store().submit());
    ConcurrentLinkedQueue<UUID> all = new ConcurrentLinkedQueue<>();
    AtomicInteger names = new AtomicInteger();

    Together.inThreads(
        6,
        () -> {
          ManualWorker worker = store().worker("w" + names.incrementAndGet(), TestStore.TYPES);
          while (all.size() < jobs) {
            all.addAll(claimed(worker, 5));
          }
          return null;
        });

    Set<UUID> different = new HashSet<>(all);
    assertThat(all).hasSize(jobs);
    assertThat(different).hasSize(jobs);
  }
}
