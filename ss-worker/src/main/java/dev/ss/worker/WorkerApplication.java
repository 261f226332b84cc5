package dev.ss.worker;

import dev.ss.boot.Drain;
import dev.ss.boot.SsApplication;
import dev.ss.config.SsConfiguration;
import dev.ss.config.WorkerSection;
import dev.ss.job.JobType;
import dev.ss.metrics.BusySeconds;
import dev.ss.metrics.JobMetrics;
import dev.ss.metrics.MaintenanceMetrics;
import dev.ss.metrics.WorkerMetrics;
import dev.ss.metrics.bridge.BridgeRegistry;
import dev.ss.store.Database;
import dev.ss.store.Retention;
import dev.ss.store.WakeUpListener;
import dev.ss.store.Workers;
import dev.ss.worker.claim.Claimer;
import dev.ss.worker.claim.RunningJobs;
import dev.ss.worker.maintain.Heartbeat;
import dev.ss.worker.maintain.Life;
import dev.ss.worker.maintain.Maintenance;
import dev.ss.worker.maintain.WorkerName;
import dev.ss.worker.run.CommandRunner;
import dev.ss.worker.run.Commands;
import dev.ss.worker.run.Warden;
import dev.ss.worker.run.WorkDirectory;
import io.dropwizard.core.setup.Environment;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** A worker: runs the jobs the API has taken. */
public final class WorkerApplication extends SsApplication {
  /** Besides the slots: polling, heartbeats and this worker's row. */
  private static final int HOUSEKEEPING_WRITERS = 3;

  /** A worker. */
  public WorkerApplication() {
    super("ss-worker");
  }

  /** {@code server config.yml}. */
  public static void main(String[] arguments) throws Exception {
    new WorkerApplication().run(arguments);
  }

  @Override
  public void run(SsConfiguration configuration, Environment environment) {
    WorkerSection section = configuration.worker();
    List<JobType> offered = configuration.offeredJobTypes();
    UUID instance = UUID.randomUUID();
    Commands commands = new Commands(offered, Optional.ofNullable(System.getenv("PATH")));
    WorkDirectory directory =
        WorkDirectory.take(Path.of(section.workDirectory()), section.id(), instance, commands);
    Database database =
        openDatabase(configuration, environment, section.slots() + HOUSEKEEPING_WRITERS);
    Clock clock = clock(database, environment);
    Workers workers = new Workers(database);

    BusySeconds busy = new BusySeconds();
    RunningJobs running = new RunningJobs(busy);
    WorkerMetrics metrics =
        new WorkerMetrics(
            bridge().registry(), section.id(), section.slots(), running::count, busy, clock);
    CommandRunner runner = runner(section, commands, directory);
    Claimer claimer = claimer(configuration, database, runner, running, metrics, clock);
    Heartbeat heartbeat =
        new Heartbeat(
            section,
            names(offered),
            Life.here(instance, clock.instant()),
            workers,
            running::count,
            metrics,
            clock,
            () -> endWithoutName(claimer));
    WakeUpListener wakeUps =
        new WakeUpListener(database, Set.copyOf(names(offered))::contains, claimer::lookNow);

    new WorkerName(workers, instance, heartbeat::status, section.lease())
        .take(directory.lastHolder());
    directory.heldBy(instance);

    Warden.over(directory, commands).ifPresent(environment.lifecycle()::manage);
    environment.lifecycle().manage(maintenance(configuration, database, workers, clock));
    environment.lifecycle().manage(heartbeat);
    environment.lifecycle().manage(claimer);
    environment.lifecycle().manage(wakeUps);
    Drain.beforeStop(environment, () -> leave(section, wakeUps, heartbeat, claimer));
    registerBuild();
    configuration.serve(new WorkerServer(section, bridge().servlet(configuration)));
  }

  /** Its row goes when the last job has ended, and the last scrape sees how that did. */
  private void leave(
      WorkerSection section, WakeUpListener wakeUps, Heartbeat heartbeat, Claimer claimer) {
    wakeUps.stop();
    heartbeat.drain();
    claimer.drain();
    heartbeat.remove();
    awaitLastScrape(section.lastScrapeWait().toJavaDuration());
  }

  private static CommandRunner runner(
      WorkerSection section, Commands commands, WorkDirectory directory) {
    return new CommandRunner(
        commands,
        directory,
        Math.toIntExact(section.maxOutputSize().toBytes()),
        section.killGracePeriod().toJavaDuration());
  }

  private Claimer claimer(
      SsConfiguration configuration,
      Database database,
      CommandRunner runner,
      RunningJobs running,
      WorkerMetrics metrics,
      Clock clock) {
    BridgeRegistry registry = bridge().registry();
    return new Claimer(
        configuration.worker(),
        configuration.jobTypes(),
        configuration.offeredJobTypes(),
        database,
        runner,
        running,
        configuration.retry().backoff(),
        new JobMetrics(registry),
        new JobMetrics.Runs(registry, names(configuration.jobTypes())),
        metrics,
        clock);
  }

  private Maintenance maintenance(
      SsConfiguration configuration, Database database, Workers workers, Clock clock) {
    return new Maintenance(
        configuration.retention(),
        new Retention(database),
        workers,
        new MaintenanceMetrics(bridge().registry()),
        clock);
  }

  private static List<String> names(List<JobType> types) {
    return types.stream().map(JobType::name).toList();
  }

  /**
   * Ends the process with the exit code of a failure. On a thread of its own, because whoever asks
   * for it may be somebody for whom the end waits.
   */
  private static void endWithoutName(Claimer claimer) {
    claimer.abandon();
    new Thread(() -> System.exit(1), "end").start();
  }
}
