package dev.ss.store;

import static dev.ss.store.Runs.FAIL;
import static dev.ss.store.Runs.SUCCEED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.Job;
import dev.ss.store.Jobs.Filter;
import dev.ss.testkit.unit.Together;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

interface RetentionConformance extends OnStore {

  private Retention retention() {
    return new Retention(store().database());
  }

  /** All that is final before now. */
  private int deleteAll() {
    return retention().deleteFinal(store().clock().instant(), 1000);
  }

  private Job cancelled() {
    Job job = store().submit();
    store().control().cancel(job.id(), Optional.empty());
    return job;
  }

  @Test
  default void finalJobsGoWithAllThatBelongsToThem() {
    cancelled();
    ManualWorker worker = store().worker();
    store().submit(store().newJob().key("key", "digest").build());
    worker.start().finish(Runs.succeeded("42"), SUCCEED);
    store().submit();
    worker.start().finish(Runs.failed("busy"), FAIL);
    store().clock().advance(Duration.ofMillis(1));

    assertThat(deleteAll()).isEqualTo(3);

    assertThat(store().contents().values()).allSatisfy(rows -> assertThat(rows).isEmpty());
  }

  @Test
  default void jobsThatAreNotFinalStayHoweverOldTheyAre() {
    store().submit();
    store().worker().start();
    store().submit(store().newJob().runAt(Instant.parse("2199-01-01T00:00:00Z")).build());
    Job retried = cancelled();
    store().control().retry(retried.id(), Optional.empty());
    store().clock().advance(Duration.ofDays(400));

    assertThat(deleteAll()).isZero();
    assertThat(store().rows("jobs")).hasSize(3);
  }

  @Test
  default void whatCountsIsTheEndAndNotTheSubmission() {
    Job job = store().submit();
    store().clock().advance(Duration.ofDays(400));
    store().control().cancel(job.id(), Optional.empty());

    assertThat(deleteAll()).isZero();

    store().clock().advance(Duration.ofMillis(1));
    assertThat(deleteAll()).isEqualTo(1);
  }

  @Test
  default void aBatchTakesThoseThatHaveBeenFinalForLongest() {
    Job first = store().submit();
    Job second = store().submit();
    Job third = store().submit();
    for (Job job : List.of(third, first, second)) {
      store().clock().advance(Duration.ofMillis(1));
      store().control().cancel(job.id(), Optional.empty());
    }
    store().clock().advance(Duration.ofMillis(1));

    assertThat(retention().deleteFinal(store().clock().instant(), 2)).isEqualTo(2);

    assertThat(store().jobs().list(ListingConformance.EVERYTHING))
        .extracting(Job::id)
        .containsExactly(second.id());
  }

  @Test
  default void withItsJobAnIdempotencyKeyIsFree() {
    Job job = store().submit(store().newJob().key("key", "digest").build());
    store().control().cancel(job.id(), Optional.empty());
    store().clock().advance(Duration.ofMillis(1));
    deleteAll();

    Job again = store().submit(store().newJob().key("key", "another digest").build());

    assertThat(again.id()).isNotEqualTo(job.id());
  }

  @Test
  default void pagesStayRightWhileJobsOfThemAreDeleted() {
    List<Job> jobs = List.of(store().submit(), cancelled(), cancelled(), store().submit());
    List<Job> firstPage = store().jobs().list(page(Optional.empty()));
    store().clock().advance(Duration.ofMillis(1));
    deleteAll();

    assertThat(firstPage).extracting(Job::id).contains(jobs.get(2).id());
    assertThat(store().jobs().list(page(Optional.of(jobs.get(2).id()))))
        .containsExactly(jobs.get(0));
  }

  private static Filter page(Optional<UUID> before) {
    return new Filter(Optional.empty(), Optional.empty(), before, 2);
  }

  @Test
  default void workersThatDeleteTogetherDeleteEachJobOnce() throws Exception {
    for (int i = 0; i < 200; i++) {
      cancelled();
    }
    store().clock().advance(Duration.ofMillis(1));
    Instant now = store().clock().instant();

    List<Integer> deleted =
        Together.inThreads(
            4,
            () -> {
              int sum = 0;
              for (int i = 0; i < 40; i++) {
                sum += retention().deleteFinal(now, 10);
              }
              return sum;
            });

    assertThat(deleted.stream().mapToInt(Integer::intValue).sum()).isEqualTo(200);
    assertThat(store().rows("jobs")).isEmpty();
  }

  /** Not how fast: that each side goes on while the other does. */
  @Test
  default void submissionsGoOnWhileTenThousandJobsAreDeleted() throws Exception {
    fillWithFinalJobs(10_000);
    Instant now = store().clock().instant();
    CompletableFuture<Integer> deleting =
        CompletableFuture.supplyAsync(
            () -> {
              int sum = 0;
              for (int batch = 500; batch == 500; sum += batch) {
                batch = retention().deleteFinal(now, 500);
              }
              return sum;
            });
    int submitted = 0;
    while (!deleting.isDone()) {
      store().submit();
      submitted++;
    }

    assertThat(deleting.get(1, TimeUnit.MINUTES)).isEqualTo(10_000);
    assertThat(submitted).isGreaterThan(5);
    assertThat(store().rows("jobs")).hasSize(submitted);
  }

  private void fillWithFinalJobs(int count) {
    Job like = cancelled();
    store()
        .sql(
            """
            insert into jobs (job_id, job_type, state, max_attempts, priority, created_at,
              due_at, run_at, finished_at)
            with recursive n (i) as (select 1 union all select i + 1 from n where i < %d)
            select '00000000-0000-7000-8000-' || substr(cast(1000000000000 + i as text), 2),
              job_type, state, max_attempts, priority, created_at, due_at, run_at, finished_at
            from n, jobs where jobs.job_id = '%s'
            """
                .formatted(count - 1, like.id()));
    for (String table :
        List.of(
            "job_inputs (job_id, input)", "job_attempts (job_id, run, attempt, outcome, output)")) {
      String values =
          table.startsWith("job_attempts") ? ", 1, 1, 'succeeded', i.input" : ", i.input";
      store()
          .sql(
              """
              insert into %s select jobs.job_id%s from jobs, job_inputs i
              where i.job_id = '%s' and jobs.job_id <> i.job_id
              """
                  .formatted(table, values, like.id()));
    }
    store().clock().advance(Duration.ofMillis(1));
  }
}
