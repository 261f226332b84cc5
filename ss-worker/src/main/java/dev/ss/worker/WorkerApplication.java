package dev.ss.worker;

import dev.ss.boot.Drain;
import dev.ss.boot.SsApplication;
import dev.ss.config.SsConfiguration;
import dev.ss.config.WorkerSection;
import dev.ss.job.JobType;
import dev.ss.metrics.BusySeconds;
import dev.ss.metrics.JobMetrics;
import dev.ss.metrics.WorkerMetrics;
import dev.ss.metrics.bridge.BridgeRegistry;
import dev.ss.store.Database;
import dev.ss.store.WakeUpListener;
import dev.ss.store.Workers;
import dev.ss.worker.claim.Claimer;
import dev.ss.worker.claim.RunningJobs;
import dev.ss.worker.maintain.Heartbeat;
import dev.ss.worker.run.CommandRunner;
import dev.ss.worker.run.Commands;
import dev.ss.worker.run.WorkDirectory;
import io.dropwizard.core.setup.Environment;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
    BridgeRegistry registry = bridge().registry();
    List<JobType> offered = configuration.offeredJobTypes();

    CommandRunner runner =
        new CommandRunner(
            new Commands(offered, Optional.ofNullable(System.getenv("PATH"))),
            WorkDirectory.take(Path.of(section.workDirectory()), section.id()),
            Math.toIntExact(section.maxOutputSize().toBytes()),
            section.killGracePeriod().toJavaDuration());
    Database database =
        openDatabase(configuration, environment, section.slots() + HOUSEKEEPING_WRITERS);
    Clock clock = clock(database, environment);

    BusySeconds busy = new BusySeconds();
    RunningJobs running = new RunningJobs(busy);
    WorkerMetrics workerMetrics =
        new WorkerMetrics(registry, section.id(), section.slots(), running::count, busy, clock);
    Heartbeat heartbeat =
        new Heartbeat(
            section, names(offered), new Workers(database), running::count, workerMetrics, clock);
    Claimer claimer =
        new Claimer(
            section,
            configuration.jobTypes(),
            offered,
            database,
            runner,
            running,
            configuration.retry().backoff(),
            new JobMetrics(registry),
            new JobMetrics.Runs(registry, names(configuration.jobTypes())),
            workerMetrics,
            clock);

    WakeUpListener wakeUps =
        new WakeUpListener(database, Set.copyOf(names(offered))::contains, claimer::lookNow);

    environment.lifecycle().manage(heartbeat);
    environment.lifecycle().manage(claimer);
    environment.lifecycle().manage(wakeUps);
    Drain.beforeStop(
        environment,
        () -> {
          wakeUps.stop();
          heartbeat.drain();
          claimer.drain();
          heartbeat.remove();
          awaitLastScrape(section.lastScrapeWait().toJavaDuration());
        });
    registerBuild();
    configuration.serve(new WorkerServer(section, bridge().servlet(configuration)));
  }

  private static List<String> names(List<JobType> types) {
    return types.stream().map(JobType::name).toList();
  }
}
