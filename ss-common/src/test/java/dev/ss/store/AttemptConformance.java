package dev.ss.store;

import static dev.ss.store.Runs.FAIL;
import static dev.ss.store.Runs.GIVE_BACK;
import static dev.ss.store.Runs.SUCCEED;
import static dev.ss.store.Runs.TRY_AGAIN_AT_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ss.job.Attempt;
import dev.ss.job.AttemptEnd;
import dev.ss.job.CommandStream;
import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.job.NextStep;
import dev.ss.job.Output;
import dev.ss.job.RunResult;
import dev.ss.store.ManualWorker.Started;
import dev.ss.store.TestStore.Written;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.jdbi.v3.core.JdbiException;
import org.junit.jupiter.api.Test;

interface AttemptConformance extends OnStore {
  Duration A_WHILE = Duration.ofMinutes(10);
  NextStep LATER = new NextStep.Requeue(A_WHILE, false);

  @Test
  default void aStartedJobIsRunning() {
    Job job = store().submit();
    store().clock().advance(A_WHILE);

    Attempt attempt = store().worker().start().attempt();

    Instant now = store().clock().instant();
    assertThat(attempt)
        .isEqualTo(
            new Attempt(
                job.id(),
                "word-count",
                1,
                1,
                3,
                job.createdAt(),
                job.runAt(),
                now,
                Optional.empty()));
    assertThat(store().job(job.id()))
        .returns(JobState.RUNNING, Job::state)
        .returns(1, Job::attempt)
        .satisfies(running -> assertThat(running.startedAt()).contains(now));
  }

  @Test
  default void aRunningJobIsNotClaimedAgain() {
    store().submit();
    store().worker().start();

    assertThat(store().worker().claim(8)).isEmpty();
  }

  @Test
  default void aSucceededJobIsFinal() {
    Job job = store().submit();
    Started started = store().worker().start();
    store().clock().advance(A_WHILE);

    assertThat(started.finish(Runs.succeeded("42"), SUCCEED)).contains(SUCCEED);

    assertThat(store().job(job.id()))
        .returns(JobState.SUCCEEDED, Job::state)
        .satisfies(
            ended -> {
              assertThat(ended.finishedAt()).contains(store().clock().instant());
              assertThat(ended.exitCode()).contains(0);
              assertThat(ended.errorCode()).isEmpty();
            });
    assertThat(store().worker().claim(8)).isEmpty();
  }

  @Test
  default void aFailedJobSaysWhy() {
    Job job = store().submit();

    store().worker().start().finish(Runs.failed("no such file"), FAIL);

    assertThat(store().job(job.id()))
        .returns(JobState.FAILED, Job::state)
        .satisfies(
            ended -> {
              assertThat(ended.exitCode()).contains(3);
              assertThat(ended.errorCode()).contains("command_failed");
            });
  }

  @Test
  default void aJobThatIsTriedAgainWaitsForItsDelay() {
    Job job = store().submit(store().newJob().priority(7).build());
    NextStep later = new NextStep.Requeue(A_WHILE, false);

    assertThat(store().worker().start().finish(Runs.failed("busy"), later)).contains(later);

    Instant due = store().clock().instant().plus(A_WHILE);
    assertThat(store().job(job.id()))
        .returns(JobState.QUEUED, Job::state)
        .returns(1, Job::attempt)
        .returns(due, Job::runAt)
        .satisfies(queued -> assertThat(queued.errorCode()).contains("command_failed"));
    assertThat(store().worker().claim(8)).isEmpty();
    store().clock().set(due);
    assertThat(store().worker().start().attempt().jobId()).isEqualTo(job.id());
  }

  @Test
  default void everyTryIsAnAttemptAndAGenerationOfItsOwn() {
    store().submit();
    ManualWorker worker = store().worker();

    worker.start().finish(Runs.failed("busy"), TRY_AGAIN_AT_ONCE);
    Attempt second = worker.start().attempt();

    assertThat(second.number()).isEqualTo(2);
    assertThat(second.generation()).isEqualTo(2);
  }

  @Test
  default void anInterruptedAttemptCostsNoneButItsGenerationNeverRepeats() {
    Job job = store().submit();
    ManualWorker worker = store().worker();

    worker.start().finish(Runs.interrupted(), GIVE_BACK);
    assertThat(store().job(job.id()).attempt()).isZero();
    Attempt again = worker.start().attempt();

    assertThat(again.number()).isEqualTo(1);
    assertThat(again.generation()).isEqualTo(2);
  }

  @Test
  default void theQueueWaitOfALaterAttemptBeginsWhenItsBackoffEnds() {
    store().submit();
    ManualWorker worker = store().worker();
    worker.start().finish(Runs.failed("busy"), new NextStep.Requeue(A_WHILE, false));
    store().clock().advance(A_WHILE.plusSeconds(4));

    assertThat(worker.start().attempt().queueWait()).isEqualTo(Duration.ofSeconds(4));
  }

  @Test
  default void outputsAreKeptByteForByteWithTheirMarks() {
    Job job = store().submit();
    byte[] binary = {0, 1, (byte) 0xff, 0, 'x', (byte) 0x80, 0};
    RunResult result =
        RunResult.exited(0, new Output(binary, true), new Output(new byte[] {0}, false));

    store().worker().start().finish(result, SUCCEED);

    Written stdout = store().written(job.id(), CommandStream.OUTPUT).orElseThrow();
    assertThat(stdout.bytes()).isEqualTo(binary);
    assertThat(stdout.truncated()).isTrue();
    Written stderr = store().written(job.id(), CommandStream.LOG).orElseThrow();
    assertThat(stderr.bytes()).containsExactly(0);
    assertThat(stderr.truncated()).isFalse();
  }

  @Test
  default void anUnfinishedJobHasNoOutput() {
    Job job = store().submit();
    store().worker().start();

    assertThat(store().written(job.id(), CommandStream.OUTPUT)).isEmpty();
  }

  @Test
  default void theOutputIsThatOfTheLastFinishedAttempt() {
    Job job = store().submit();
    ManualWorker worker = store().worker();

    worker.start().finish(Runs.failed("busy"), TRY_AGAIN_AT_ONCE);
    assertOutput(job, CommandStream.LOG, 1, "busy");
    worker.start().finish(Runs.succeeded("42"), SUCCEED);
    assertOutput(job, CommandStream.OUTPUT, 2, "42");
    assertOutput(job, CommandStream.LOG, 2, "");
  }

  @Test
  default void attemptsThatWereCutOffLeaveTheOutputOfTheOneBefore() {
    Job job = store().submit();
    ManualWorker worker = store().worker();
    worker.start().finish(Runs.failed("busy"), TRY_AGAIN_AT_ONCE);

    worker.start().finish(Runs.interrupted(), GIVE_BACK);
    assertOutput(job, CommandStream.LOG, 1, "busy");
    worker.start().finish(Runs.lost(), TRY_AGAIN_AT_ONCE);
    assertOutput(job, CommandStream.LOG, 1, "busy");
  }

  private void assertOutput(Job job, CommandStream stream, int attempt, String text) {
    Written stored = store().written(job.id(), stream).orElseThrow();
    assertThat(stored.attempt()).isEqualTo(attempt);
    assertThat(stored.bytes()).asString().isEqualTo(text);
  }

  @Test
  default void whatCannotBeFinishedCompletelyIsNotFinishedAtAll() {
    store().submit();
    Started started = store().worker().start();
    var before = store().contents();

    store().without("job_attempts", () -> assertCannotFinish(started));

    assertThat(store().contents()).isEqualTo(before);
  }

  private static void assertCannotFinish(Started started) {
    assertThatThrownBy(() -> started.finish(Runs.succeeded("42"), SUCCEED))
        .isInstanceOf(JdbiException.class);
  }

  @Test
  default void finishingCanBeTriedAgainWhenTheDatabaseIsBack() {
    Job job = store().submit();
    Started started = store().worker().start();

    store().without("job_attempts", () -> assertCannotFinish(started));

    assertThat(started.finish(Runs.succeeded("42"), SUCCEED)).contains(SUCCEED);
    assertOutput(job, CommandStream.OUTPUT, 1, "42");
  }

  @Test
  default void endsOfSeveralAttemptsAreStoredTogetherAndFreeTheirSlots() {
    List<Job> jobs = IntStream.range(0, 6).mapToObj(i -> store().submit()).toList();
    ManualWorker worker = store().worker();
    List<Started> started = worker.claim(3);

    JobQueue.Turn turn =
        worker.turn(
            3,
            started.get(0).end(Runs.succeeded("1"), SUCCEED),
            started.get(1).end(Runs.failed("2"), FAIL),
            started.get(2).end(Runs.interrupted(), GIVE_BACK));

    assertThat(turn.stored())
        .containsExactly(Optional.of(SUCCEED), Optional.of(FAIL), Optional.of(GIVE_BACK));
    assertThat(turn.claimed()).hasSize(3);
    assertOutput(find(jobs, started.get(0)), CommandStream.OUTPUT, 1, "1");
    assertOutput(find(jobs, started.get(1)), CommandStream.LOG, 1, "2");
    assertThat(store().written(started.get(2).attempt().jobId(), CommandStream.LOG)).isEmpty();
  }

  private static Job find(List<Job> jobs, Started started) {
    return jobs.stream()
        .filter(job -> job.id().equals(started.attempt().jobId()))
        .findFirst()
        .orElseThrow();
  }

  @Test
  default void anEndThatIsRefusedDoesNotKeepTheOthersFromBeingStored() {
    store().submit();
    store().submit();
    ManualWorker worker = store().worker();
    List<Started> started = worker.claim(2);
    store().lostJobs().recoverAll(ManualWorker.ID, attempt -> TRY_AGAIN_AT_ONCE);
    List<Started> again = worker.claim(2);

    JobQueue.Turn turn =
        worker.turn(
            0,
            started.get(0).end(Runs.succeeded("too late"), SUCCEED),
            again.get(1).end(Runs.succeeded("42"), SUCCEED));

    assertThat(turn.stored()).containsExactly(Optional.empty(), Optional.of(SUCCEED));
  }

  @Test
  default void anEndThatWasStoredWithoutAnAcknowledgementCountsAsStored() {
    store().submit();
    store().submit();
    ManualWorker worker = store().worker();
    List<Started> started = worker.claim(2);
    AttemptEnd success = started.get(0).end(Runs.succeeded("42"), SUCCEED);
    AttemptEnd requeue = started.get(1).end(Runs.failed("busy"), LATER);
    worker.turn(0, success, requeue);
    var before = store().contents();

    assertThat(worker.turn(0, success, requeue).stored())
        .containsExactly(Optional.of(SUCCEED), Optional.of(LATER));

    assertThat(store().contents()).isEqualTo(before);
  }

  @Test
  default void anEndIsDatedWhenItHappenedHoweverLateItIsStored() {
    Job job = store().submit();
    Started started = store().worker().start();
    AttemptEnd end = started.end(Runs.succeeded("42"), SUCCEED);
    store().clock().advance(A_WHILE);

    store().worker().turn(0, end);

    assertThat(store().job(job.id()).finishedAt()).contains(end.endedAt());
  }

  @Test
  default void aWorkerSeesWhatItIsRunning() {
    store().submit();
    Started started = store().worker().start();

    assertThat(started.cancelRequested()).contains(false);

    started.finish(Runs.succeeded("42"), SUCCEED);
    assertThat(started.cancelRequested()).isEmpty();
  }
}
