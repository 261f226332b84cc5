package dev.ss.worker.claim;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.task.Task;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import dev.ss.config.WorkerSection;
import dev.ss.job.Attempt;
import dev.ss.job.Backoff;
import dev.ss.job.JobType;
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
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Takes due jobs, as many at once as there are slots, until it is told to drain. */
public final class Claimer implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(Claimer.class);

  /** Beyond a command's own grace: for writing down what became of it. */
  private static final Duration WRITE_LIMIT = Duration.ofSeconds(10);

  private final WorkerSection section;
  private final RunningJobs running;
  private final Set<String> limited;
  private final Attempts attempts;
  private final Finisher finisher;
  private final LeaseWatch watch;
  private final Scheduler scheduler;

  /**
   * Claims jobs of this database and has them run.
   *
   * @param known the types whose jobs it recovers from lost workers
   * @param offered the types whose jobs it takes
   */
  public Claimer(
      WorkerSection section,
      List<JobType> known,
      List<JobType> offered,
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
    this.attempts = new Attempts(database, clock);
    this.finisher = new Finisher(attempts, backoff, metrics, runs, section.lease(), clock);
    Claims claims =
        new Claims(database, attempts, section.id(), offered, clock, workerMetrics::polled);
    this.limited =
        known.stream()
            .filter(type -> type.maxRunning().isPresent())
            .map(JobType::name)
            .collect(Collectors.toSet());
    AttemptFlow flow =
        new AttemptFlow(claims, runner, running, finisher, metrics, runs, this::ended);
    this.watch =
        new LeaseWatch(
            section.id(),
            attempts,
            running,
            section.pollInterval().toJavaDuration(),
            section.lease());
    DeadExecutions dead = new DeadExecutions(attempts, finisher, this::ended, clock);
    this.scheduler =
        scheduler(claims, known.stream().<Task<?>>map(type -> task(type, flow, dead)).toList());
  }

  private static Task<Void> task(JobType type, AttemptFlow flow, DeadExecutions dead) {
    return Tasks.custom(Execution.task(type.name()))
        .onDeadExecution(dead)
        // Only a surprise ends here; the execution stays picked until it is found dead.
        .onFailure(
            (failed, execution) ->
                LOG.error("An attempt broke off.", failed.getCause().orElse(null)))
        .execute(flow::execute);
  }

  /** Its place is free, and the look at which there was none may have been the last for a while. */
  private void ended(Attempt attempt) {
    if (limited.contains(attempt.jobType())) {
      scheduler.triggerCheckForDueExecutions();
      attempts.wake(attempt.jobType());
    }
  }

  private Scheduler scheduler(Claims claims, List<Task<?>> tasks) {
    return claims
        .scheduler(tasks)
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

  /** Looks for jobs before it is time to; at the next free slot if there is none now. */
  public void lookNow() {
    scheduler.triggerCheckForDueExecutions();
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
        finisher.stop();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    watch.stop();
  }
}
