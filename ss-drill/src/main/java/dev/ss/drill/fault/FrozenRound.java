package dev.ss.drill.fault;

import dev.ss.drill.check.CommandWatch;
import dev.ss.drill.check.LivingCommand;
import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.SsProcess;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;

/**
 * Freezes the only worker with four jobs: two that run until they are cancelled, one that ends
 * while the worker is frozen and one that ends soon after.
 */
final class FrozenRound {
  private static final double UNTIL_CANCELLED_SECONDS = 100;
  private static final int MAX_ATTEMPTS = 100;

  /** The time a thawed worker needs to notice what has happened. */
  private static final Duration LOOK = Duration.ofSeconds(1);

  /** A few poll intervals, the kill grace period of a second, and time for a busy machine. */
  private static final Duration CANCEL_LIMIT = Duration.ofSeconds(6);

  private final Stage stage;
  private final CommandWatch watch;
  private final Tally tally;
  private final JobChecks checks;
  private final Duration frozen;
  private final String where;

  FrozenRound(Stage stage, CommandWatch watch, Tally tally, double leases) {
    this.stage = stage;
    this.watch = watch;
    this.tally = tally;
    this.checks = new JobChecks(stage);
    this.frozen = Duration.ofMillis((long) (leases * stage.lease().toMillis()));
    this.where = " (" + leases + " leases)";
  }

  /** Runs one round, and cancels one of the jobs while the worker is frozen if asked to. */
  void run(boolean cancelsMeanwhile) {
    String one = submit(UNTIL_CANCELLED_SECONDS);
    String other = submit(UNTIL_CANCELLED_SECONDS);
    String after = submit(seconds(frozen) + 0.5);
    String meanwhile = submit(seconds(frozen) / 2);
    List<String> all = List.of(one, other, after, meanwhile);
    all.forEach(each -> checks.awaitExecution(each, 1));

    SsProcess worker = stage.process(Stage.worker(1));
    worker.freeze();
    // On SQLite the worker may be frozen while it holds the lock, and a cancel waits for the lock.
    CompletableFuture<Void> cancel =
        cancelsMeanwhile
            ? CompletableFuture.runAsync(() -> stage.jobs().cancel(one))
            : CompletableFuture.completedFuture(null);
    Waiting.pause(frozen);
    worker.thaw();
    cancel.join();
    Waiting.pause(LOOK);

    if (cancelsMeanwhile) {
      requireCancelled(one, "a cancel while it was frozen");
    }
    checks.requireSuccess(after, tally, where);
    checks.requireSuccess(meanwhile, tally, where);
    Stream.of(one, other).forEach(stage.jobs()::cancel);
    Stream.of(one, other).forEach(each -> requireCancelled(each, "a cancel"));
    requireOneAtATime(all);
  }

  private String submit(double seconds) {
    return stage.jobs().submit(seconds, MAX_ATTEMPTS);
  }

  private static double seconds(Duration duration) {
    return duration.toMillis() / 1000.0;
  }

  private void requireCancelled(String jobId, String what) {
    if (!Waiting.within(CANCEL_LIMIT, () -> LivingCommand.of(jobId).isEmpty())) {
      tally.add("a command still alive after " + what + where);
      LivingCommand.of(jobId).forEach(LivingCommand::kill);
    }
    String state = checks.awaitEnd(jobId).state();
    if (!state.equals("cancelled")) {
      tally.add(state + " after " + what + where);
    }
  }

  private void requireOneAtATime(List<String> jobs) {
    long doubled = jobs.stream().filter(this::overlaps).count();
    if (doubled > 0) {
      tally.add("rounds with two commands of one job at once" + where);
    }
  }

  /** Whether commands overlapped, according to the machine's processes or the ledger. */
  private boolean overlaps(String jobId) {
    return watch.sawTwoOf(jobId) || JobChecks.overlap(stage.ledger().executionsOf(jobId));
  }
}
