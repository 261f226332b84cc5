package dev.ss.api.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.api.stream.FollowEvent.Began;
import dev.ss.api.stream.FollowEvent.Bytes;
import dev.ss.api.stream.FollowEvent.Ended;
import dev.ss.api.stream.FollowEvent.Gap;
import dev.ss.api.stream.FollowEvent.Progress;
import dev.ss.job.CommandStream;
import dev.ss.job.ErrorCode;
import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.job.NextStep;
import dev.ss.job.Output;
import dev.ss.job.RunOutcome;
import dev.ss.job.RunResult;
import dev.ss.store.JobQueue.Hold;
import dev.ss.store.LiveOutput;
import dev.ss.store.LiveOutput.Chunk;
import dev.ss.store.LiveOutput.News;
import dev.ss.store.ManualWorker;
import dev.ss.store.ManualWorker.Started;
import dev.ss.store.TestStore;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What somebody sees who follows a job's log. */
class FollowerTest {
  private static final NextStep AGAIN = new NextStep.Requeue(Duration.ZERO, false);
  private static final NextStep SUCCEED = new NextStep.Finish(JobState.SUCCEEDED);

  @TempDir private Path directory;
  private TestStore store;
  private ManualWorker worker;
  private Job job;

  @BeforeEach
  void open() throws Exception {
    store = TestStore.open(TestStore.sqlite(directory.resolve("ss.db")));
    worker = store.worker();
    job = store.submit();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private Follower follower(Optional<FollowPosition> from) {
    return new Follower(store.outputs(), job.id(), CommandStream.LOG, from, true);
  }

  private Follower follower() {
    return follower(Optional.empty());
  }

  private void writes(Started started, long position, String text) {
    new LiveOutput(store.database())
        .store(
            List.of(
                new News(
                    Hold.of(started.attempt()),
                    List.of(),
                    List.of(
                        new Chunk(
                            CommandStream.LOG, position, text.getBytes(StandardCharsets.UTF_8))),
                    Optional.empty())));
  }

  private static RunResult failed(String log) {
    return RunResult.exited(
        3, Output.empty(), new Output(log.getBytes(StandardCharsets.UTF_8), false));
  }

  /** All events there are now, in short. */
  private static List<String> now(Follower follower) {
    List<String> all = new ArrayList<>();
    List<FollowEvent> events = follower.next();
    while (!events.isEmpty() || all.isEmpty()) {
      events.forEach(event -> all.add(inShort(event)));
      if (events.isEmpty() || follower.isOver()) {
        break;
      }
      events = follower.next();
    }
    return all;
  }

  private static String inShort(FollowEvent event) {
    if (event instanceof Began began) {
      return "run %d, attempt %d by %s"
          .formatted(began.run(), began.attempt(), began.workerId().orElse("?"));
    } else if (event instanceof Bytes bytes) {
      return "%d:%d %s"
          .formatted(
              bytes.run(), bytes.offset(), new String(bytes.bytes(), StandardCharsets.UTF_8));
    } else if (event instanceof Gap gap) {
      return "%d: nothing from %d to %d".formatted(gap.run(), gap.from(), gap.to());
    } else if (event instanceof Progress progress) {
      return "progress " + progress.fraction().orElse(-1.0);
    } else if (event instanceof Ended ended) {
      return "ended " + ended.state().wireName();
    }
    throw new IllegalArgumentException(event.toString());
  }

  @Test
  void aQueuedJobHasNothingToFollowYet() {
    Follower follower = follower();
    assertThat(follower.next()).isEmpty();
    assertThat(follower.isOver()).isFalse();

    Started started = worker.start();
    writes(started, 0, "one ");
    assertThat(now(follower)).containsExactly("run 1, attempt 1 by manual-worker", "1:0 one ");
    assertThat(follower.next()).isEmpty();

    writes(started, 4, "two");
    assertThat(now(follower)).containsExactly("1:4 two");
  }

  @Test
  void theLogGoesOnThroughLaterAttemptsUntilTheJobIsFinal() {
    Follower follower = follower();
    worker.start().finish(failed("first"), AGAIN);
    assertThat(now(follower)).containsExactly("run 1, attempt 1 by manual-worker", "1:0 first");
    Started second = worker.start();
    writes(second, 0, "second");
    second.finish(RunResult.exited(0, Output.empty(), Output.inChunks(false, 6)), SUCCEED);

    follower.next();
    assertThat(now(follower))
        .containsExactly("run 2, attempt 2 by manual-worker", "2:0 second", "ended succeeded");
    assertThat(follower.isOver()).isTrue();
  }

  @Test
  void whatALostAttemptHadWrittenIsNotWrittenAgain() {
    Follower follower = follower();
    Started lost = worker.start();
    writes(lost, 0, "lost");
    now(follower);
    lost.finish(
        RunResult.killed(RunOutcome.LOST, ErrorCode.WORKER_LOST, Output.empty(), Output.empty()),
        AGAIN);
    Started second = worker.start();
    writes(second, 0, "again");

    follower.next();
    assertThat(now(follower)).containsExactly("run 2, attempt 2 by manual-worker", "2:0 again");
  }

  @Test
  void bytesThatAreNotKeptAreAGap() {
    Started started = worker.start();
    writes(started, 0, "head");
    writes(started, 100, "tail");
    started.finish(RunResult.exited(0, Output.empty(), Output.inChunks(true, 104)), SUCCEED);

    assertThat(now(follower()))
        .containsExactly(
            "run 1, attempt 1 by manual-worker",
            "1:0 head",
            "1: nothing from 4 to 100",
            "1:100 tail",
            "ended succeeded");
  }

  @Test
  void aFinalJobIsShownFromItsLastAttempt() {
    worker.start().finish(failed("first"), AGAIN);
    worker.start().finish(failed("second"), new NextStep.Finish(JobState.FAILED));

    assertThat(now(follower()))
        .containsExactly("run 2, attempt 2 by manual-worker", "2:0 second", "ended failed");
  }

  @Test
  void aJobThatIsCancelledBeforeItRunsHasAnEnd() {
    store.control().cancel(job.id(), Optional.empty());

    assertThat(now(follower())).containsExactly("ended cancelled");
  }

  @Test
  void aJobThatIsDeletedMeanwhileEnds() {
    Follower follower = follower();
    store.clear();

    assertThat(follower.next()).isEmpty();
    assertThat(follower.isOver()).isTrue();
  }

  @Test
  void whoComesBackGoesOnWhereItWas() {
    Started started = worker.start();
    writes(started, 0, "one two ");
    writes(started, 8, "three");

    assertThat(now(follower(Optional.of(new FollowPosition(1, 4)))))
        .containsExactly("1:4 two ", "1:8 three");
    started.finish(RunResult.exited(0, Output.empty(), Output.inChunks(false, 13)), SUCCEED);
    assertThat(now(follower(Optional.of(new FollowPosition(1, 10)))))
        .containsExactly("1:10 ree", "ended succeeded");
    assertThat(now(follower(Optional.of(new FollowPosition(1, 13)))))
        .containsExactly("ended succeeded");
    assertThat(now(follower(Optional.of(new FollowPosition(1, 0)))))
        .containsExactly("1:0 one two ", "1:8 three", "ended succeeded");
    assertThat(now(follower(Optional.of(new FollowPosition(0, 0)))))
        .as("from the beginning")
        .containsExactly(
            "run 1, attempt 1 by manual-worker", "1:0 one two ", "1:8 three", "ended succeeded");
    assertThat(now(follower(Optional.of(new FollowPosition(7, 13)))))
        .containsExactly("ended succeeded");
  }

  /** As a client with a bad connection does, which loses it at any offset. */
  @Test
  void everyByteComesOnceAndInOrderHoweverOftenTheClientComesBack() {
    Random random = new Random(7);
    StringBuilder written = new StringBuilder();
    StringBuilder seen = new StringBuilder();
    Started started = worker.start();
    Optional<FollowPosition> from = Optional.empty();
    for (int i = 0; i < 200; i++) {
      String piece = "piece %d;".formatted(i);
      writes(started, written.length(), piece);
      written.append(piece);
      Follower follower = follower(from);
      for (int looks = random.nextInt(4); looks > 0; looks--) {
        for (FollowEvent event : follower.next()) {
          if (event instanceof Bytes bytes) {
            int taken = 1 + random.nextInt(bytes.bytes().length);
            seen.append(new String(bytes.bytes(), 0, taken, StandardCharsets.UTF_8));
            from = Optional.of(new FollowPosition(1, bytes.offset() + taken));
            looks = taken < bytes.bytes().length ? 0 : looks;
          }
        }
      }
    }
    started.finish(
        RunResult.exited(0, Output.empty(), Output.inChunks(false, written.length())), SUCCEED);
    for (String event : now(follower(from))) {
      if (event.matches("1:\\d+ (?s).*")) {
        seen.append(event.substring(event.indexOf(' ') + 1));
      }
    }

    assertThat(seen.toString()).isEqualTo(written.toString());
  }
}
