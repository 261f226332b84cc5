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
    Clock clock = clock();
    WorkerSection section = configuration.worker();
    BridgeRegistry registry = bridge().registry();
    List<String> jobTypes = configuration.jobTypes().stream().map(JobType::name).toList();

    Life life = Life.here(UUID.randomUUID(), clock.instant());
    Commands commands =
        new Commands(configuration.jobTypes(), Optional.ofNullable(System.getenv("PATH")));
    WorkDirectory directory =
        WorkDirectory.take(
            Path.of(section.workDirectory()), section.id(), life.instance(), commands);
    Database database =
        openDatabase(configuration, environment, section.slots() + HOUSEKEEPING_WRITERS);
    Workers workers = new Workers(database);

    BusySeconds busy = new BusySeconds();
    RunningJobs running = new RunningJobs(busy);
    WorkerMetrics workerMetrics =
        new WorkerMetrics(registry, section.id(), section.slots(), running::count, busy, clock);
    Claimer claimer =
        new Claimer(
            section,
            database,
            new CommandRunner(
                commands,
                directory,
                Math.toIntExact(section.maxOutputSize().toBytes()),
                section.killGracePeriod().toJavaDuration()),
            running,
            configuration.retry().backoff(),
            new JobMetrics(registry),
            new JobMetrics.Runs(registry, jobTypes),
            workerMetrics,
            clock);
    Heartbeat heartbeat =
        new Heartbeat(
            section,
            jobTypes,
            life,
            workers,
            running::count,
            workerMetrics,
            clock,
            () -> {
              claimer.abandon();
              end();
            });
    Maintenance maintenance =
        new Maintenance(
            configuration.retention(),
            new Retention(database),
            workers,
            new MaintenanceMetrics(registry),
            clock);

    new WorkerName(workers, life.instance(), heartbeat::status, section.lease())
        .take(directory.lastHolder());
    directory.heldBy(life.instance());

    Warden.over(directory, commands).ifPresent(environment.lifecycle()::manage);
    environment.lifecycle().manage(maintenance);
    environment.lifecycle().manage(heartbeat);
    environment.lifecycle().manage(claimer);
    Drain.beforeStop(
        environment,
        () -> {
          heartbeat.drain();
          claimer.drain();
          heartbeat.remove();
          awaitLastScrape(section.lastScrapeWait().toJavaDuration());
        });
    registerBuild();
    configuration.serve(new WorkerServer(section, bridge().servlet(configuration)));
  }

  /**
   * Ends the process with the exit code of a failure. On a thread of its own, because whoever asks
   * for it may be somebody for whom the end waits.
   */
  private static void end() {
    new Thread(() -> System.exit(1), "end").start();
  }
}
