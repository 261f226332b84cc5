package dev.ss.store;

import static dev.ss.store.Runs.FAIL;
import static dev.ss.store.Runs.GIVE_BACK;
import static dev.ss.store.Runs.SUCCEED;
import static dev.ss.store.Runs.TRY_AGAIN_AT_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.CommandStream;
import dev.ss.job.Job;
import dev.ss.job.JobInput;
import dev.ss.job.JobState;
import dev.ss.job.NewJob;
import dev.ss.job.Output;
import dev.ss.job.PastAttempt;
import dev.ss.job.Progress;
import dev.ss.job.RunResult;
import dev.ss.store.JobQueue.Hold;
import dev.ss.store.LiveOutput.Chunk;
import dev.ss.store.LiveOutput.Discarded;
import dev.ss.store.LiveOutput.News;
import dev.ss.store.ManualWorker.Started;
import dev.ss.store.Outputs.Selection;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** Inputs and outputs in parts, and the attempts that wrote them. */
interface StreamConformance extends OnStore {
  private LiveOutput live() {
    return new LiveOutput(store().database());
  }

  private Uploads uploads() {
    return new Uploads(store().database());
  }

  private static News news(Started started, Chunk... chunks) {
    return new News(Hold.of(started.attempt()), List.of(), List.of(chunks), Optional.empty());
  }

  private static Chunk log(long position, String text) {
    return new Chunk(CommandStream.LOG, position, bytes(text));
  }

  private static byte[] bytes(String text) {
    return Runs.text(text).bytes();
  }

  private String logOf(UUID jobId, int run) {
    return new String(
        store().written(jobId, new Selection.Run(run), CommandStream.LOG).orElseThrow().bytes(),
        StandardCharsets.UTF_8);
  }

  @Test
  default void whatARunningCommandHasWrittenCanBeReadInItsOrder() {
    Job job = store().submit();
    Started started = store().worker().start();

    assertThat(live().store(List.of(news(started, log(0, "one "), log(4, "two "))))).isEmpty();
    assertThat(live().store(List.of(news(started, log(8, "three"))))).isEmpty();

    assertThat(logOf(job.id(), 1)).isEqualTo("one two three");
    Outputs.Chunk chunk =
        store().outputs().chunkAfter(job.id(), 1, CommandStream.LOG, 5).orElseThrow();
    assertThat(chunk.position()).isEqualTo(4);
    assertThat(chunk.bytes()).isEqualTo(bytes("two "));
    assertThat(store().outputs().chunkAfter(job.id(), 1, CommandStream.LOG, 13)).isEmpty();
    assertThat(store().outputs().chunkAfter(job.id(), 1, CommandStream.OUTPUT, 0)).isEmpty();
  }

  @Test
  default void aChunkThatIsStoredAgainIsThereOnce() {
    Job job = store().submit();
    Started started = store().worker().start();
    News news = news(started, log(0, "one"));

    live().store(List.of(news));
    live().store(List.of(news));

    assertThat(logOf(job.id(), 1)).isEqualTo("one");
  }

  @Test
  default void onlyTheWorkerThatRunsTheAttemptCanStoreAnythingOfIt() {
    Job job = store().submit();
    ManualWorker worker = store().worker();
    Started lost = worker.start();
    lost.finish(Runs.lost(), TRY_AGAIN_AT_ONCE);
    Started running = worker.start();

    assertThat(live().store(List.of(news(lost, log(0, "late")), news(running, log(0, "now")))))
        .containsExactly(Hold.of(lost.attempt()));

    assertThat(logOf(job.id(), 1)).isEmpty();
    assertThat(logOf(job.id(), 2)).isEqualTo("now");
    running.finish(Runs.succeeded("42"), SUCCEED);
    assertThat(live().store(List.of(news(running, log(3, "!"))))).hasSize(1);
  }

  @Test
  default void whatIsDiscardedIsWhatIsWithinTheBounds() {
    Job job = store().submit();
    Started started = store().worker().start();
    live().store(List.of(news(started, log(0, "aa"), log(2, "bb"), log(4, "cc"), log(6, "dd"))));

    live()
        .store(
            List.of(
                new News(
                    Hold.of(started.attempt()),
                    List.of(new Discarded(CommandStream.LOG, 2, 7)),
                    List.of(),
                    Optional.empty())));

    assertThat(logOf(job.id(), 1)).isEqualTo("aad");
    assertThat(store().outputs().chunkAfter(job.id(), 1, CommandStream.LOG, 2).orElseThrow())
        .returns(7L, Outputs.Chunk::position);
  }

  @Test
  default void progressIsTheJobsUntilItsNextAttemptBegins() {
    Job job = store().submit();
    ManualWorker worker = store().worker();
    Started started = worker.start();

    live()
        .store(
            List.of(
                new News(
                    Hold.of(started.attempt()),
                    List.of(),
                    List.of(),
                    Optional.of(new Progress(0.5, Optional.of("Reading"))))));

    assertThat(store().job(job.id()).progress()).contains(0.5);
    assertThat(store().job(job.id()).progressMessage()).contains("Reading");
    started.finish(Runs.failed("busy"), TRY_AGAIN_AT_ONCE);
    assertThat(store().job(job.id()).progress()).contains(0.5);
    worker.start();
    assertThat(store().job(job.id()).progress()).isEmpty();
    assertThat(store().job(job.id()).progressMessage()).isEmpty();
  }

  @Test
  default void everyAttemptHasItsOwnOutputAndItsHistory() {
    Job job = store().submit();
    ManualWorker worker = store().worker();
    worker.start().finish(Runs.failed("busy"), TRY_AGAIN_AT_ONCE);
    store().clock().advance(Duration.ofSeconds(1));
    worker.start().finish(Runs.interrupted(), GIVE_BACK);
    worker.start().finish(Runs.lost(), TRY_AGAIN_AT_ONCE);
    worker.start();

    List<PastAttempt> attempts = new AttemptHistory(store().database()).of(job.id());

    assertThat(attempts).extracting(PastAttempt::run).containsExactly(1, 2, 3, 4);
    assertThat(attempts).extracting(PastAttempt::attempt).containsExactly(1, 2, 2, 3);
    assertThat(attempts)
        .extracting(PastAttempt::outcome)
        .containsExactly(
            Optional.of("failed"),
            Optional.of("interrupted"),
            Optional.of("lost"),
            Optional.empty());
    assertThat(attempts).allSatisfy(each -> assertThat(each.workerId()).contains(ManualWorker.ID));
    assertThat(attempts.get(0))
        .satisfies(
            first -> {
              assertThat(first.exitCode()).contains(3);
              assertThat(first.errorCode()).contains("command_failed");
              assertThat(first.cost().logSize()).contains(4L);
              assertThat(first.startedAt()).isPresent();
              assertThat(first.endedAt()).contains(first.startedAt().orElseThrow());
            });
    assertThat(attempts.get(2).cost().outputSize()).isEmpty();
    assertThat(logOf(job.id(), 1)).isEqualTo("busy");
    assertThat(
            store()
                .written(job.id(), new Selection.Attempt(2), CommandStream.OUTPUT)
                .orElseThrow()
                .bytes())
        .as("the newest run of attempt 2 is the lost one")
        .isEmpty();
    assertThat(store().written(job.id(), new Selection.Run(9), CommandStream.LOG)).isEmpty();
  }

  @Test
  default void aStreamThatIsInChunksIsNotInTheAttemptsRow() {
    Job job = store().submit();
    Started started = store().worker().start();
    live().store(List.of(news(started, log(0, "head"), log(100, "tail"))));

    started.finish(RunResult.exited(0, Output.empty(), Output.inChunks(true, 104)), SUCCEED);

    TestStore.Written written = store().written(job.id(), CommandStream.LOG).orElseThrow();
    assertThat(written.bytes()).isEqualTo(bytes("headtail"));
    assertThat(written.truncated()).isTrue();
    assertThat(store().outputs().whole(job.id(), 1, CommandStream.LOG)).isEmpty();
    assertThat(store().outputs().whole(job.id(), 1, CommandStream.OUTPUT)).isPresent();
    assertThat(store().job(job.id()).cost().logSize()).contains(104L);
  }

  @Test
  default void whoFollowsSeesWhichRunThereIsAndWhetherItHasEnded() {
    Job job = store().submit();
    ManualWorker worker = store().worker();
    Outputs outputs = store().outputs();

    assertThat(outputs.look(job.id(), 0, CommandStream.LOG).orElseThrow())
        .returns(0, Outputs.Followed::newestRun)
        .satisfies(queued -> assertThat(queued.run()).isEmpty());
    Started started = worker.start();
    assertThat(outputs.look(job.id(), 1, CommandStream.LOG).orElseThrow().run().orElseThrow())
        .returns(false, Outputs.FollowedRun::hasEnded)
        .returns(Optional.of(ManualWorker.ID), Outputs.FollowedRun::workerId);
    started.finish(Runs.failed("busy"), FAIL);
    assertThat(outputs.look(job.id(), 1, CommandStream.LOG).orElseThrow())
        .returns(JobState.FAILED, Outputs.Followed::state)
        .returns(1, Outputs.Followed::newestRun)
        .satisfies(
            ended -> {
              assertThat(ended.run().orElseThrow().hasEnded()).isTrue();
              assertThat(ended.run().orElseThrow().written()).contains(4L);
              assertThat(ended.exitCode()).contains(3);
            });
    assertThat(outputs.look(UUID.randomUUID(), 1, CommandStream.LOG)).isEmpty();
  }

  private NewJob uploaded(UUID uploadId) {
    NewJob plain = store().newJob().build();
    return new NewJob(
        plain.id(),
        plain.jobType(),
        plain.maxAttempts(),
        plain.priority(),
        plain.createdAt(),
        plain.runAt(),
        new JobInput(bytes("first "), 17),
        Optional.of(uploadId),
        plain.idempotency(),
        plain.traceParent(),
        plain.submittedBy(),
        plain.options(),
        plain.schedule());
  }

  @Test
  default void aLongInputIsItsFirstPartAndTheOthersOfItsUpload() {
    UUID uploadId = UUID.randomUUID();
    uploads().begin(uploadId, store().clock().instant());
    uploads().append(uploadId, 6, bytes("second "));
    uploads().append(uploadId, 13, bytes("last"));
    Job job = store().submit(uploaded(uploadId));

    assertThat(job.cost().inputSize()).contains(17L);
    JobInput claimed = store().worker().queue().turn(List.of(), 1).claimed().get(0).input().get();
    assertThat(claimed.size()).isEqualTo(17);
    assertThat(claimed.hasMore()).isTrue();
    assertThat(claimed.first()).isEqualTo(bytes("first "));
    assertThat(uploads().part(job.id(), 6)).contains(bytes("second "));
    assertThat(uploads().part(job.id(), 13)).contains(bytes("last"));
    assertThat(uploads().part(job.id(), 17)).isEmpty();
    assertThat(uploads().first(job.id())).contains(bytes("first "));
  }

  @Test
  default void anUploadGoesOnceNoJobRefersToIt() {
    UUID used = UUID.randomUUID();
    UUID abandoned = UUID.randomUUID();
    UUID young = UUID.randomUUID();
    uploads().begin(used, store().clock().instant());
    uploads().begin(abandoned, store().clock().instant());
    uploads().append(abandoned, 6, bytes("part"));
    Job job = store().submit(uploaded(used));
    store().clock().advance(Duration.ofDays(2));
    uploads().begin(young, store().clock().instant());

    uploads().delete(used);
    assertThat(uploads().deleteAbandoned(store().clock().instant(), 10)).isEqualTo(1);
    assertThat(store().count("uploads")).isEqualTo(2);
    assertThat(store().count("upload_chunks")).isZero();

    store().control().cancel(job.id(), Optional.empty());
    store().clock().advance(Duration.ofSeconds(1));
    new Retention(store().database()).deleteFinal(store().clock().instant(), 10);
    assertThat(uploads().deleteAbandoned(store().clock().instant().minusSeconds(5), 10))
        .isEqualTo(1);
    assertThat(store().count("uploads")).isEqualTo(1);
    uploads().delete(young);
    assertThat(store().count("uploads")).isZero();
  }

  @Test
  default void whatAJobWroteGoesWithIt() {
    Job job = store().submit();
    Started started = store().worker().start();
    live().store(List.of(news(started, log(0, "some"))));
    started.finish(RunResult.exited(0, Output.empty(), Output.inChunks(false, 4)), SUCCEED);
    store().clock().advance(Duration.ofSeconds(1));

    new Retention(store().database()).deleteFinal(store().clock().instant(), 10);

    assertThat(store().jobs().find(job.id())).isEmpty();
    assertThat(store().count("job_attempts")).isZero();
    assertThat(store().count("output_chunks")).isZero();
  }
}
