package dev.ss.store;

import static dev.ss.store.Filters.filter;
import static dev.ss.store.Runs.FAIL;
import static dev.ss.store.Runs.SUCCEED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.Job;
import dev.ss.job.RunningJob;
import dev.ss.store.Jobs.PageRequest;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface ListingConformance extends OnStore {
  private List<Job> submitMany(int count) {
    return IntStream.range(0, count).mapToObj(i -> store().submit()).toList();
  }

  private List<Job> pageBefore(Job job, int limit) {
    return page(filter().newestAfter(job.id(), limit));
  }

  private List<Job> page(PageRequest request) {
    return store().jobs().list(request).jobs();
  }

  @Test
  default void jobsAreListedNewestFirst() {
    List<Job> jobs = submitMany(3);
    store().clock().advance(Duration.ofDays(400));
    Job newest = store().submit();

    assertThat(page(filter().newest(100)))
        .containsExactly(newest, jobs.get(2), jobs.get(1), jobs.get(0));
  }

  @Test
  default void aPageHasAsManyJobsAsWereAskedFor() {
    List<Job> jobs = submitMany(5);

    assertThat(page(filter().newest(2))).containsExactly(jobs.get(4), jobs.get(3));
  }

  @Test
  default void pagesStayRightWhileJobsAreAddedBeforeThem() {
    List<Job> jobs = submitMany(5);
    List<Job> firstPage = pageBefore(store().submit(), 2);
    submitMany(3);

    List<Job> secondPage = pageBefore(firstPage.get(1), 2);
    submitMany(3);
    List<Job> thirdPage = pageBefore(secondPage.get(1), 2);

    assertThat(firstPage).containsExactly(jobs.get(4), jobs.get(3));
    assertThat(secondPage).containsExactly(jobs.get(2), jobs.get(1));
    assertThat(thirdPage).containsExactly(jobs.get(0));
  }

  @Test
  default void aPageMayBeginAtAJobThatNeverWas() {
    List<Job> jobs = submitMany(2);
    UUID between = new UUID(jobs.get(1).id().getMostSignificantBits(), -1);

    assertThat(page(filter().newestAfter(between, 9))).containsExactly(jobs.get(1), jobs.get(0));
  }

  @Test
  default void ofManyJobsTheUnfinishedOnesAreTold() {
    ManualWorker worker = store().worker();
    UUID succeeded = store().submit().id();
    worker.start().finish(Runs.succeeded("42"), SUCCEED);
    UUID failed = store().submit().id();
    worker.start().finish(Runs.failed("busy"), FAIL);
    UUID running = store().submit().id();
    worker.start();
    UUID queued = store().submit().id();
    UUID cancelled = store().submit().id();
    store().control().cancel(cancelled, Optional.empty());

    assertThat(
            store()
                .jobs()
                .unfinishedAmong(
                    Set.of(succeeded, failed, running, queued, cancelled, new UUID(1, 2))))
        .containsExactlyInAnyOrder(running, queued);
  }

  @Test
  default void onlyJobsThatWereAskedAboutAreToldToBeUnfinished() {
    UUID asked = store().submit().id();
    store().submit();

    assertThat(store().jobs().unfinishedAmong(List.of(asked))).containsExactly(asked);
    assertThat(store().jobs().unfinishedAmong(List.of())).isEmpty();
  }

  @Test
  default void whatAWorkerRunsIsToldTheLongestFirst() {
    Job first = store().submit(store().newJob().type("checksum").build());
    ManualWorker worker = store().worker();
    ManualWorker.Started started = worker.start();
    store().clock().advance(Duration.ofSeconds(5));
    Job second = store().submit();
    worker.start();
    store().submit(store().newJob().runAt(store().clock().instant().plusSeconds(60)).build());

    assertThat(store().jobs().runningOn(List.of("idle", ManualWorker.ID)))
        .containsExactly(
            new RunningJob(
                first.id(), "checksum", ManualWorker.ID, store().clock().instant().minusSeconds(5)),
            new RunningJob(
                second.id(), second.jobType(), ManualWorker.ID, store().clock().instant()));
    assertThat(store().jobs().runningOn(List.of("idle"))).isEmpty();
    assertThat(store().jobs().runningOn(List.of())).isEmpty();

    started.finish(Runs.succeeded(""), SUCCEED);

    assertThat(store().jobs().runningOn(List.of(ManualWorker.ID)))
        .extracting(RunningJob::id)
        .containsExactly(second.id());
  }
}
