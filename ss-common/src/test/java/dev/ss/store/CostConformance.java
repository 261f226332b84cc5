package dev.ss.store;

import static dev.ss.store.Runs.FAIL;
import static dev.ss.store.Runs.GIVE_BACK;
import static dev.ss.store.Runs.SUCCEED;
import static dev.ss.store.Runs.TRY_AGAIN_AT_ONCE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.Cost;
import dev.ss.job.CpuTime;
import dev.ss.job.Job;
import dev.ss.job.Output;
import dev.ss.job.Resources;
import dev.ss.job.RunResult;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

interface CostConformance extends OnStore {
  Resources USED =
      new Resources(
          Optional.of(new CpuTime(Duration.ofMillis(1500), Duration.ofMillis(250))),
          Optional.of(5L << 30),
          true);

  private RunResult using(Resources resources) {
    return RunResult.exited(
            3, new Output(new byte[] {1, 2}, true, 3L << 30), new Output(new byte[] {3}, false))
        .using(resources);
  }

  @Test
  default void aJobSaysWhatItsLastAttemptWroteAndUsed() {
    Job job = store().submit(store().newJob().input(new byte[5]).build());

    store().worker().start().finish(using(USED), FAIL);

    assertThat(store().job(job.id()).cost())
        .isEqualTo(
            new Cost(
                Optional.of(5L),
                Optional.of(3L << 30),
                Optional.of(1L),
                Optional.of(true),
                Optional.of(false),
                Optional.of(1.75),
                Optional.of(5L << 30),
                Optional.of(true)));
  }

  @Test
  default void whatIsNotKnownIsEmpty() {
    Job job = store().submit();
    ManualWorker worker = store().worker();
    worker.start().finish(using(USED), TRY_AGAIN_AT_ONCE);

    worker.start().finish(using(Resources.UNKNOWN), FAIL);

    Cost cost = store().job(job.id()).cost();
    assertThat(cost.cpuSeconds()).isEmpty();
    assertThat(cost.peakMemoryBytes()).isEmpty();
    assertThat(cost.resourcesAreLowerBounds()).isEmpty();
  }

  /** An interrupted attempt stores no output of its own. */
  @Test
  default void anAttemptThatWasCutOffLeavesTheSizesOfTheOutputBefore() {
    Job job = store().submit();
    ManualWorker worker = store().worker();
    worker.start().finish(using(Resources.UNKNOWN), TRY_AGAIN_AT_ONCE);

    worker.start().finish(Runs.interrupted().using(USED), GIVE_BACK);

    Cost cost = store().job(job.id()).cost();
    assertThat(cost.outputSize()).contains(3L << 30);
    assertThat(cost.outputTruncated()).contains(true);
    assertThat(cost.logSize()).contains(1L);
    assertThat(cost.cpuSeconds()).contains(1.75);
  }

  @Test
  default void aJobThatIsRetriedHasOnlyItsInput() {
    Job job = store().submit();
    store().worker().start().finish(using(USED), FAIL);

    store().control().retry(job.id(), Optional.empty());

    assertThat(store().job(job.id()).cost()).isEqualTo(job.cost());
  }

  @Test
  default void theCostOfEachOfSeveralEndsIsItsOwn() {
    Job first = store().submit();
    Job second = store().submit();
    ManualWorker worker = store().worker();
    var claimed = worker.claim(2);

    worker.turn(
        0,
        claimed.get(0).end(using(USED), FAIL),
        claimed.get(1).end(Runs.succeeded("42"), SUCCEED));

    assertThat(store().job(first.id()).cost().cpuSeconds()).contains(1.75);
    assertThat(store().job(second.id()).cost().cpuSeconds()).isEmpty();
    assertThat(store().job(second.id()).cost().outputSize()).contains(2L);
    assertThat(store().job(second.id()).cost().outputTruncated()).contains(false);
  }
}
