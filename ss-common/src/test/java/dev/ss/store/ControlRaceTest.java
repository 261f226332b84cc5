package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.store.JobControl.Controlled;
import dev.ss.store.JobControl.Effect;
import dev.ss.testkit.postgres.PostgresServer;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Somebody else changes the job between the first statement of a request and the rest of it. What
 * the client is told has to be so at one moment.
 */
class ControlRaceTest {
  @AutoClose private static final PostgresServer server = PostgresServer.temporary();

  private final AtomicReference<Runnable> meanwhile = new AtomicReference<>();
  private CompletableFuture<Void> change = CompletableFuture.completedFuture(null);
  private TestStore others;
  private TestStore store;

  @BeforeEach
  void open() throws Exception {
    DatabaseSettings settings = TestStore.newDatabase(server);
    others = TestStore.open(settings);
    store = TestStore.open(settings, new StatementRecorder(this::executed)::around);
  }

  @AfterEach
  void close() throws Exception {
    change.get(60, TimeUnit.SECONDS);
    store.close();
    others.close();
  }

  /** Whoever has to wait for the request's transaction goes on after it. */
  private void executed(String sql) {
    Runnable work = sql.contains("jobs") ? meanwhile.getAndSet(null) : null;
    if (work != null) {
      try {
        change = CompletableFuture.runAsync(work);
        change.get(1, TimeUnit.SECONDS);
      } catch (TimeoutException waits) {
        // It is locked out.
      } catch (InterruptedException | ExecutionException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  @Test
  void aQueuedJobThatSomebodyCancelsMeanwhileIsNotRefusedARetry() {
    Job job = others.submit();
    meanwhile.set(() -> others.control().cancel(job.id(), Optional.empty()));

    assertThat(store.control().retry(job.id(), Optional.empty()).map(Controlled::effect))
        .isPresent()
        .isNotEqualTo(Optional.of(Effect.REFUSED));
  }

  @Test
  void aRunningJobThatIsGivenBackMeanwhileIsNotRefusedACancel() {
    Job job = others.submit();
    ManualWorker.Started started = others.worker().start();
    meanwhile.set(() -> started.finish(Runs.interrupted(), Runs.GIVE_BACK));

    assertThat(store.control().cancel(job.id(), Optional.empty()).map(Controlled::effect))
        .contains(Effect.REQUESTED);
    assertThat(others.job(job.id()).state()).isIn(JobState.RUNNING, JobState.CANCELLED);
  }
}
