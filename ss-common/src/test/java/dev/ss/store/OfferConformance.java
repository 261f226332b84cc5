package dev.ss.store;

import static dev.ss.store.Runs.SUCCEED;
import static dev.ss.store.TestStore.type;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.event.AbstractSchedulerListener;
import com.github.kagkarlsson.scheduler.event.SchedulerListener.SchedulerEventType;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.ss.CapturedLog;
import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.job.JobType;
import dev.ss.store.ManualWorker.Claim;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** That workers take only what they offer, the most urgent first, and never more than may run. */
interface OfferConformance extends OnStore {
  Duration PATIENCE = Duration.ofSeconds(30);

  private static List<JobType> types(String... names) {
    return Stream.of(names).map(name -> type(name, Optional.empty())).toList();
  }

  private Job submit(String type, int priority) {
    return store().submit(store().newJob().type(type).priority(priority).build());
  }

  /** Until the worker has looked twice more, at least once from beginning to end. */
  private static void awaitLook(ClaimingWorker worker) {
    int now = worker.polls().get();
    Awaitility.await().atMost(PATIENCE).until(() -> worker.polls().get() > now + 2);
  }

  private static UUID next(ClaimingWorker worker) {
    return worker.manual().claim().execution().jobId();
  }

  private static void succeed(TestStore store, ClaimingWorker worker, Claim claim) {
    store
        .attempts()
        .finish(
            worker.claims().take(claim.execution()).orElseThrow().attempt(),
            Runs.succeeded("42"),
            SUCCEED,
            claim.operations());
    claim.release();
  }

  @Test
  default void aWorkerTakesOnlyWhatItOffers() {
    Job others = submit("first", 100);
    Job own = submit("second", 0);
    ClaimingWorker worker = store().claimingWorker(2, types("second"));

    assertThat(next(worker)).isEqualTo(own.id());

    awaitLook(worker);
    assertThat(worker.manual().claimed()).isEmpty();
    assertThat(store().job(others.id())).isEqualTo(others);
  }

  @Test
  default void aJobOfATypeNobodyKnowsWaits() {
    Job unknown = submit("retired", 100);
    ClaimingWorker worker = store().claimingWorker();

    awaitLook(worker);

    assertThat(worker.manual().claimed()).isEmpty();
    assertThat(store().job(unknown.id())).isEqualTo(unknown);
    assertThat(store().scheduled()).hasSize(1);
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
    ClaimingWorker worker = store().claimingWorker(1, types("first", "second"));

    List<UUID> order = new ArrayList<>();
    for (int i = 0; i < jobs.size(); i++) {
      Claim claim = worker.manual().claim();
      order.add(claim.execution().jobId());
      claim.release();
    }

    List<UUID> submitted = jobs.stream().map(Job::id).toList();
    assertThat(order.subList(1, 3)).containsExactlyInAnyOrderElementsOf(submitted.subList(1, 3));
    assertThat(order.get(0)).isEqualTo(submitted.get(0));
    assertThat(order.subList(3, 6)).isEqualTo(submitted.subList(3, 6));
  }

  @Test
  default void ofTheSamePriorityTheOneThatHasWaitedLongestGoesFirstWhateverItsType() {
    List<UUID> submitted = new ArrayList<>();
    for (String type : List.of("second", "first", "first", "second")) {
      submitted.add(submit(type, 0).id());
      store().clock().advance(Duration.ofMillis(1));
    }
    ClaimingWorker worker = store().claimingWorker(1, types("first", "second"));

    for (UUID job : submitted) {
      Claim claim = worker.manual().claim();
      assertThat(claim.execution().jobId()).isEqualTo(job);
      claim.release();
    }
  }

  @Test
  default void whatIsForLaterDoesNotHideWhatIsDue() {
    store()
        .submit(
            store()
                .newJob()
                .type("first")
                .priority(9)
                .runAt(store().clock().instant().plus(Duration.ofDays(36_500)))
                .build());
    Job due = submit("first", 1);
    ClaimingWorker worker = store().claimingWorker(2, types("first"));

    assertThat(next(worker)).isEqualTo(due.id());
    awaitLook(worker);
    assertThat(worker.manual().claimed()).isEmpty();
  }

  @Test
  default void noMoreRunThanTheLimitAndOtherTypesGoOn() {
    for (int i = 0; i < 5; i++) {
      submit("first", 9);
    }
    Job other = submit("second", 0);
    ClaimingWorker worker =
        store()
            .claimingWorker(
                8, List.of(type("first", Optional.of(2)), type("second", Optional.empty())));

    List<Claim> claims = List.of(claim(worker), claim(worker), claim(worker));
    assertThat(claims)
        .anySatisfy(each -> assertThat(each.execution().jobId()).isEqualTo(other.id()));
    awaitLook(worker);
    assertThat(worker.manual().claimed()).isEmpty();

    Claim limited =
        claims.stream()
            .filter(each -> !each.execution().jobId().equals(other.id()))
            .findFirst()
            .orElseThrow();
    succeed(store(), worker, limited);
    claim(worker);
    awaitLook(worker);
    assertThat(worker.manual().claimed()).isEmpty();
  }

  private static Claim claim(ClaimingWorker worker) {
    return worker.manual().claim();
  }

  @Test
  default void theLimitHoldsWhileSeveralWorkersPick() throws Exception {
    int jobs = 60;
    for (int i = 0; i < jobs; i++) {
      submit("first", 0);
    }
    List<JobType> offered = List.of(type("first", Optional.of(2)));
    try (TestStore elsewhere = TestStore.open(settings())) {
      List<ClaimingWorker> here =
          List.of(store().claimingWorker(3, offered), store().claimingWorker(3, offered));
      ClaimingWorker there = elsewhere.claimingWorker(3, offered);
      AtomicInteger done = new AtomicInteger();
      Awaitility.await()
          .atMost(PATIENCE.multipliedBy(4))
          .pollDelay(Duration.ZERO)
          .pollInterval(Duration.ofMillis(1))
          .until(
              () -> {
                assertThat(picked()).isLessThanOrEqualTo(2);
                here.forEach(worker -> done.addAndGet(succeedClaimed(store(), worker)));
                done.addAndGet(succeedClaimed(elsewhere, there));
                return done.get() == jobs;
              });
    }
  }

  private long picked() {
    return store()
        .database()
        .read(
            handle ->
                handle
                    .createQuery("select count(*) from scheduled_tasks where picked")
                    .mapTo(Long.class)
                    .one());
  }

  private static int succeedClaimed(TestStore store, ClaimingWorker worker) {
    List<Claim> claims = worker.manual().claimed();
    claims.forEach(claim -> succeed(store, worker, claim));
    return claims.size();
  }

  @Test
  default void whatALostWorkerHadCountsUntilItIsRecovered() {
    Job lost = submit("first", 9);
    Job next = submit("first", 0);
    List<JobType> offered = List.of(type("first", Optional.of(1)));
    ClaimingWorker dead = store().claimingWorker(1, offered);
    Claim claim = claim(dead);
    assertThat(claim.execution().jobId()).isEqualTo(lost.id());
    dead.manual().close();
    ClaimingWorker worker = store().claimingWorker(8, offered);
    awaitLook(worker);
    assertThat(worker.manual().claimed()).isEmpty();

    store()
        .attempts()
        .finish(
            dead.claims().take(claim.execution()).orElseThrow().attempt(),
            Runs.lost(),
            Runs.FAIL,
            claim.operations());

    assertThat(next(worker)).isEqualTo(next.id());
  }

  @Test
  default void anExecutionThatBelongsToNoJobHoldsUpNobody() {
    try (CapturedLog log = CapturedLog.of(Claims.class.getPackage())) {
      Job job = submit("first", 0);
      for (String id : List.of("garbage", "x.1", job.id() + ".", job.id() + ".99999999999")) {
        store()
            .sql(
                """
                insert into scheduled_tasks (task_name, task_instance, execution_time, picked,
                  version, priority)
                select task_name, '%s', execution_time, picked, version, 100 from scheduled_tasks
                where task_instance = '%s.1'
                """
                    .formatted(id, job.id()));
      }
      ClaimingWorker worker = store().claimingWorker(2, List.of(type("first", Optional.of(1))));

      assertThat(next(worker)).isEqualTo(job.id());
      awaitLook(worker);
      assertThat(log.messages())
          .filteredOn(message -> message.contains("garbage"))
          .containsExactly("ERROR Execution garbage belongs to no job and is set aside.");
    }
  }

  @Test
  default void everyWorkerRecoversWhatItKnowsWithoutOfferingIt() throws Exception {
    submit("first", 0);
    store().claimingWorker(1, types("first")).manual().claim();
    makeDead();
    BlockingQueue<String> recovered = new LinkedBlockingQueue<>();
    Claims claims =
        new Claims(
            store().database(),
            store().attempts(),
            "second-worker",
            types("second"),
            store().clock(),
            () -> {});
    Task<Void> first =
        Tasks.custom(Execution.task("first"))
            .onDeadExecution((dead, operations) -> recovered.add(dead.getExecution().getTaskName()))
            .execute((instance, context) -> (complete, operations) -> operations.remove());
    Scheduler scheduler =
        claims.scheduler(List.of(first)).heartbeatInterval(Duration.ofMillis(20)).build();
    try {
      scheduler.start();
      assertThat(recovered.poll(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isEqualTo("first");
    } finally {
      scheduler.stop();
    }
  }

  @Test
  default void whatNobodyKnowsIsKept() {
    Job unknown = submit("retired", 0);
    makeDead();
    store().sql("update scheduled_tasks set picked = true");
    AtomicInteger looks = new AtomicInteger();
    Scheduler scheduler =
        Executions.scheduler(store().database(), List.of(), pick -> List.of())
            .heartbeatInterval(Duration.ofMillis(20))
            .addSchedulerListener(
                new AbstractSchedulerListener() {
                  @Override
                  public void onSchedulerEvent(SchedulerEventType event) {
                    if (event == SchedulerEventType.RAN_DETECT_DEAD) {
                      looks.incrementAndGet();
                    }
                  }
                })
            .build();
    try {
      scheduler.start();
      Awaitility.await()
          .atMost(PATIENCE)
          .untilAtomic(looks, count -> assertThat(count).isGreaterThan(3));
    } finally {
      scheduler.stop();
    }
    assertThat(store().scheduled()).hasSize(1);
    assertThat(store().job(unknown.id()).state()).isEqualTo(JobState.QUEUED);
  }

  /** As if it had been picked, and due, long ago. */
  private void makeDead() {
    store()
        .database()
        .transactions()
        .inTransaction(
            handle ->
                handle.execute(
                    "update scheduled_tasks set last_heartbeat = ?, execution_time = ?",
                    store().clock().instant().minus(Duration.ofDays(9_000)),
                    store().clock().instant().minus(Duration.ofDays(9_000))));
  }
}
