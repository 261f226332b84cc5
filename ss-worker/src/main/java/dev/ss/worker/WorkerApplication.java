package dev.ss.worker;

import dev.ss.access.AccessControl;
import dev.ss.boot.ShutdownSequence;
import dev.ss.boot.SsApplication;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.config.RetentionSection;
import dev.ss.config.SsConfiguration;
import dev.ss.config.WorkerSection;
import dev.ss.job.JobType;
import dev.ss.metrics.JobMetrics;
import dev.ss.metrics.ObjectiveTargets;
import dev.ss.store.Database;
import dev.ss.store.LiveOutput;
import dev.ss.store.LostJobs;
import dev.ss.store.Retention;
import dev.ss.store.Uploads;
import dev.ss.store.WakeUpListener;
import dev.ss.store.WakeUpListener.Listening;
import dev.ss.store.Workers;
import dev.ss.worker.claim.ClaimSettings;
import dev.ss.worker.claim.Claimer;
import dev.ss.worker.claim.EndCounter;
import dev.ss.worker.claim.RunningJobs;
import dev.ss.worker.maintain.Heartbeat;
import dev.ss.worker.maintain.Maintenance;
import dev.ss.worker.maintain.Recovery;
import dev.ss.worker.maintain.SilentHolders;
import dev.ss.worker.maintain.WorkerInstance;
import dev.ss.worker.maintain.WorkerName;
import dev.ss.worker.metrics.AttemptMetrics;
import dev.ss.worker.metrics.BusySeconds;
import dev.ss.worker.metrics.CostMetrics;
import dev.ss.worker.metrics.MaintenanceMetrics;
import dev.ss.worker.metrics.ObjectiveMetrics;
import dev.ss.worker.metrics.WorkerMetrics;
import dev.ss.worker.output.OutputWriter;
import dev.ss.worker.run.CommandRunner;
import dev.ss.worker.run.CommandUsers;
import dev.ss.worker.run.Commands;
import dev.ss.worker.run.Confinement;
import dev.ss.worker.run.LaunchMechanism;
import dev.ss.worker.run.OrphanReaper;
import dev.ss.worker.run.WorkDirectory;
import io.dropwizard.core.setup.Environment;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** The worker process: runs the jobs that the API has stored. */
public final class WorkerApplication extends SsApplication {
  /** Database connections for transactions: claim loop, heartbeats, maintenance and wake-ups. */
  private static final int WRITERS = 4;

  public WorkerApplication() {
    super("ss-worker");
  }

  /** Starts the process; the arguments are {@code server config.yml}. */
  public static void main(String[] arguments) throws Exception {
    LaunchMechanism.choose();
    new WorkerApplication().runAsProcess(arguments);
  }

  @Override
  public void run(SsConfiguration configuration, Environment environment) {
    WorkerSection section = configuration.worker();
    AccessControl access =
        controlAccess(
            configuration,
            Optional.of(section.connector().getBindHost())
                .filter(host -> section.connector().getPort() > 0),
            environment);
    List<JobType> offered = configuration.offeredJobTypes();
    UUID instance = UUID.randomUUID();
    Commands commands = new Commands(offered, Optional.ofNullable(System.getenv("PATH")));
    WorkDirectory directory =
        WorkDirectory.take(Path.of(section.workDirectory()), section.id(), instance, commands);
    Optional<CommandUsers> users =
        CommandUsers.named(section.runAs(), section.slots(), directory, commands);
    Database database = openDatabase(configuration, environment, WRITERS);
    Clock clock = clock(database, environment);
    probe(database, environment);
    Workers workers = new Workers(database);
    WorkerInstance self =
        WorkerInstance.here(
            section.id(), instance, section.slots(), names(offered), clock.instant());

    BusySeconds busy = new BusySeconds(System::nanoTime);
    RunningJobs running = new RunningJobs(busy);
    WorkerMetrics metrics =
        new WorkerMetrics(
            bridge().registry(), section.id(), section.slots(), running::count, busy, clock);
    EndCounter counter = counter(configuration);
    OutputWriter output = new OutputWriter(new LiveOutput(database), System::nanoTime);
    Claimer claimer =
        new Claimer(
            claims(configuration),
            database,
            runner(section, commands, directory, users, output),
            running,
            counter,
            sum("Claiming jobs and storing results", "claims", environment),
            metrics,
            clock,
            System::nanoTime);
    Recovery recovery = recovery(configuration, database, counter, clock);
    Heartbeat heartbeat =
        new Heartbeat(
            self, workers, running::count, recovery, metrics, clock, () -> endWithoutName(claimer));
    WakeUpListener wakeUps =
        database.wakeUpListener(
            new Listening(Set.copyOf(names(offered))::contains, claimer::lookNow));

    new WorkerName(self, workers, recovery, section.lease(), clock).take(directory.lastHolder());
    directory.heldBy(instance);

    OrphanReaper.over(directory, commands).ifPresent(environment.lifecycle()::manage);
    maintain(configuration.retention(), database, workers, clock, environment);
    schedule("output-writer", OutputWriter.INTERVAL, output, environment);
    schedule("heartbeat", section.heartbeatInterval().toJavaDuration(), heartbeat, environment);
    environment.lifecycle().manage(claimer);
    environment.lifecycle().manage(wakeUps);
    ShutdownSequence.beforeStop(environment, () -> leave(section, wakeUps, heartbeat, claimer));
    registerProcess();
    configuration.serve(new WorkerServer(section, bridge().servlet(configuration), access));
  }

  /**
   * Stops in this order: finishes or requeues the running jobs, deletes the worker's row, then
   * waits for a last scrape that shows how the last job ended.
   */
  private void leave(
      WorkerSection section, WakeUpListener wakeUps, Heartbeat heartbeat, Claimer claimer) {
    wakeUps.stop();
    heartbeat.drain();
    claimer.drain();
    heartbeat.remove();
    awaitLastScrape(section.lastScrapeWait().toJavaDuration());
  }

  private static ClaimSettings claims(SsConfiguration configuration) {
    WorkerSection section = configuration.worker();
    return new ClaimSettings(
        section.id(),
        configuration.offeredJobTypes(),
        section.slots(),
        configuration.retry().backoff(),
        section.pollInterval().toJavaDuration(),
        section.heartbeatInterval().toJavaDuration(),
        section.gracePeriod().toJavaDuration(),
        section.killGracePeriod().toJavaDuration());
  }

  private static CommandRunner runner(
      WorkerSection section,
      Commands commands,
      WorkDirectory directory,
      Optional<CommandUsers> users,
      OutputWriter output) {
    return new CommandRunner(
        commands,
        directory,
        Confinement.of(commands, users),
        section.maxOutputSize().toBytes(),
        section.killGracePeriod().toJavaDuration(),
        output);
  }

  private EndCounter counter(SsConfiguration configuration) {
    BridgeRegistry registry = bridge().registry();
    List<String> jobTypes = names(configuration.jobTypes());
    ObjectiveTargets.register(registry, configuration.jobTypes());
    return new EndCounter(
        new JobMetrics(registry, JobMetrics.OF_WORKER, jobTypes),
        new AttemptMetrics(registry, jobTypes),
        new ObjectiveMetrics(registry, configuration.jobTypes()),
        new CostMetrics(registry, jobTypes));
  }

  private static Recovery recovery(
      SsConfiguration configuration, Database database, EndCounter counter, Clock clock) {
    WorkerSection section = configuration.worker();
    return new Recovery(
        section.id(),
        new LostJobs(database, clock),
        new SilentHolders(section.lease(), section.heartbeatInterval().toJavaDuration()),
        configuration.retry().backoff(),
        counter,
        System::nanoTime);
  }

  private void maintain(
      RetentionSection section,
      Database database,
      Workers workers,
      Clock clock,
      Environment environment) {
    Maintenance maintenance =
        new Maintenance(
            section.ofFinalJobs(),
            new Retention(database),
            new Uploads(database),
            workers,
            new MaintenanceMetrics(bridge().registry()),
            clock);
    environment.lifecycle().manage(maintenance);
    schedule("maintain", section.interval().toJavaDuration(), maintenance, environment);
  }

  private static List<String> names(List<JobType> types) {
    return types.stream().map(JobType::name).toList();
  }

  /**
   * Ends the process with exit code 1. A thread of its own calls exit, because the caller holds the
   * heartbeat's lock, which the shutdown needs.
   */
  private static void endWithoutName(Claimer claimer) {
    claimer.abandon();
    new Thread(() -> System.exit(1), "end").start();
  }
}
