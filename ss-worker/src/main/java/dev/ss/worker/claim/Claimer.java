package dev.ss.worker.claim;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.ss.config.WorkerSection;
import dev.ss.job.Backoff;
import dev.ss.metrics.JobMetrics;
import dev.ss.metrics.WorkerMetrics;
import dev.ss.store.Attempts;
import dev.ss.store.Claims;
import dev.ss.store.Database;
import dev.ss.store.Execution;
import dev.ss.worker.run.Runner;
import io.dropwizard.lifecycle.Managed;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes due jobs, as many at once as there are slots, until it is told to drain. */
public final class Claimer implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(Claimer.class);

  /** Beyond a command's own grace: for writing down what became of it. */
  private static final Duration WRITE_LIMIT = Duration.ofSeconds(10);

  private final WorkerSection section;
  private final RunningJobs running;
  private final LeaseWatch watch;
  private final Scheduler scheduler;

  /** Claims jobs of this database and has them run. */
  public Claimer(
      WorkerSection section,
      Database database,
      Runner runner,
      RunningJobs running,
      Backoff backoff,
      JobMetrics metrics,
      JobMetrics.Runs runs,
      WorkerMetrics workerMetrics,
      Clock clock) {
    this.section = section;
    this.running = running;
    Attempts attempts = new Attempts(database, clock);
    Finisher finisher = new Finisher(attempts, backoff, metrics, runs, clock);
    Claims claims = new Claims(database, attempts, section.id(), clock, workerMetrics::polled);
    AttemptFlow flow = new AttemptFlow(claims, runner, running, finisher, metrics, runs);
    this.watch =
        new LeaseWatch(
            section.id(),
            attempts,
            running,
            section.pollInterval().toJavaDuration(),
            section.lease());
    this.scheduler = scheduler(claims, task(flow, new DeadExecutions(attempts, finisher, clock)));
  }

  private static Task<Void> task(AttemptFlow flow, DeadExecutions dead) {
    return Tasks.custom(Execution.TASK)
        .onDeadExecution(dead)
        // Only a surprise ends here; the execution stays picked until it is found dead.
        .onFailure(
            (failed, execution) ->
                LOG.error("An attempt broke off.", failed.getCause().orElse(null)))
        .execute(flow::execute);
  }

  private Scheduler scheduler(Claims claims, Task<Void> task) {
    return claims
        .scheduler(task)
        .schedulerName(new SchedulerName.Fixed(section.id()))
        .threads(section.slots())
        .pollingInterval(section.pollInterval().toJavaDuration())
        .heartbeatInterval(section.heartbeatInterval().toJavaDuration())
        .missedHeartbeatsLimit(WorkerSection.MISSED_HEARTBEATS_LIMIT)
        .shutdownMaxWait(section.gracePeriod().toJavaDuration())
        .build();
  }

  @Override
  public void start() {
    watch.start();
    scheduler.start();
  }

  /**
   * Takes no more jobs and kills the commands of those it runs: it works under a name that is
   * another's by now.
   */
  public void abandon() {
    scheduler.pause();
    running.lose();
  }

  /**
   * Takes no more jobs and waits for the running ones: for the grace period until they end by
   * themselves, then until they are interrupted, killed and queued again.
   */
  public void drain() {
    scheduler.stop();
    try {
      Duration limit = section.killGracePeriod().toJavaDuration().plus(WRITE_LIMIT);
      if (!running.awaitNone(limit)) {
        LOG.warn("{} jobs did not end in time; others will recover them.", running.count());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    watch.stop();
  }
}
