package dev.ss.boot;

import dev.ss.access.AccessControl;
import dev.ss.access.AccessMetrics;
import dev.ss.access.AllowedHosts;
import dev.ss.bridge.BridgeBundle;
import dev.ss.bridge.BridgeSettings;
import dev.ss.bridge.ScrapeAccess;
import dev.ss.config.AccessSection;
import dev.ss.config.EnvironmentYaml;
import dev.ss.config.SsConfiguration;
import dev.ss.metrics.BuildMetrics;
import dev.ss.metrics.ClockMetrics;
import dev.ss.metrics.LogMetrics;
import dev.ss.metrics.PoolMetrics;
import dev.ss.store.ConnectionPool;
import dev.ss.store.Database;
import dev.ss.store.DatabaseClock;
import dev.ss.store.DatabaseUnavailableException;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.CheckCommand;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import java.time.Clock;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A process of SS. It reads config.yml and opens the database; the subclass does the rest. */
public abstract class SsApplication extends Application<SsConfiguration> {
  /** The interval at which repeated failures are summed up. */
  private static final Duration FAILURES_INTERVAL = Duration.ofSeconds(10);

  private static final Duration PROBE_INTERVAL = Duration.ofSeconds(1);
  private static final Duration CLOCK_INTERVAL = Duration.ofSeconds(5);
  private static final String DATABASE_KEY = "database.url (SS_DATABASE_URL)";

  private final String name;
  private final BridgeBundle<SsConfiguration> bridge =
      new BridgeBundle<>(
          BridgeSettings.defaults().withoutEmptyHistograms(),
          request -> scrapes().refusal(request));
  private @Nullable AccessControl access;

  protected SsApplication(String name) {
    this.name = name;
  }

  /** Runs the application in a process of its own, with these command line arguments. */
  protected final void runAsProcess(String... arguments) throws Exception {
    // Machines read the numbers in SQL, in scrapes and in files, so they must have ASCII digits.
    // Some locales use others.
    Locale.setDefault(Locale.ROOT);
    run(arguments);
  }

  @Override
  public final String getName() {
    return name;
  }

  @Override
  public final Class<SsConfiguration> getConfigurationClass() {
    return SsConfiguration.class;
  }

  @Override
  public final void initialize(Bootstrap<SsConfiguration> bootstrap) {
    bootstrap.addBundle(bridge);
    bootstrap.setConfigurationFactoryFactory(new EnvironmentYaml(System::getenv));
  }

  @Override
  protected final void addDefaultCommands(Bootstrap<SsConfiguration> bootstrap) {
    bootstrap.addCommand(new StartCommand(this));
    bootstrap.addCommand(new CheckCommand<>(this));
    bootstrap.addCommand(new TokenCommand());
  }

  /** The bundle that records the metrics and serves them. */
  protected final BridgeBundle<SsConfiguration> bridge() {
    return bridge;
  }

  /**
   * Decides who may use this process.
   *
   * @param bindHost the address that it listens on; empty if it opens no socket
   */
  protected final AccessControl controlAccess(
      SsConfiguration configuration, Optional<String> bindHost, Environment environment) {
    AccessSection section = configuration.access();
    access =
        new AccessControl(
            AccessStartup.access(section, bindHost, environment),
            new AllowedHosts(bindHost.orElse(""), section.allowedHosts()),
            new AccessMetrics(bridge.registry()));
    return access;
  }

  private ScrapeAccess scrapes() {
    return Objects.requireNonNull(access, "controlAccess comes before the server").scrapes();
  }

  /** Opens the database, and closes it when the process stops. */
  protected final Database openDatabase(
      SsConfiguration configuration, Environment environment, int writers) {
    LibraryLogs.restrict();
    try {
      Database database = configuration.database().open(writers);
      environment.lifecycle().manage(database);
      database.pools().forEach(this::register);
      return database;
    } catch (DatabaseUnavailableException e) {
      throw new StartupException(DATABASE_KEY, e.getMessage());
    }
  }

  private void register(ConnectionPool pool) {
    PoolMetrics.register(
        bridge.registry(), pool.name(), pool::active, pool::idle, pool::max, pool::waiting);
  }

  /** Runs work for as long as the process runs, with this pause after each run. */
  protected static void schedule(
      String name, Duration pause, Runnable work, Environment environment) {
    environment.lifecycle().manage(new PeriodicTask(name, pause, work));
  }

  /** Runs work for as long as the process runs, with the pause that is asked for after each run. */
  protected static void schedule(
      String name, Supplier<Duration> pause, Runnable work, Environment environment) {
    environment.lifecycle().manage(new PeriodicTask(name, pause, work));
  }

  /** Creates a probe that checks the database for as long as the process runs. */
  protected static DatabaseProbe probe(Database database, Environment environment) {
    DatabaseProbe probe = new DatabaseProbe(database, System::nanoTime);
    schedule("database-probe", PROBE_INTERVAL, probe, environment);
    return probe;
  }

  /**
   * Creates a log of repeated failures of one type of work.
   *
   * @param one names one unit of work, as {@code A request}
   * @param many names several of them, as {@code requests}
   */
  protected static RepeatedFailures sum(String one, String many, Environment environment) {
    RepeatedFailures failures = new RepeatedFailures(one, many);
    environment.lifecycle().manage(failures);
    schedule("repeated-failures", FAILURES_INTERVAL, failures::sumUp, environment);
    return failures;
  }

  /** Returns the clock that all processes of this database share, and keeps it measured. */
  protected final DatabaseClock clock(Database database, Environment environment) {
    try {
      DatabaseClock clock = database.clock(Clock.systemUTC());
      schedule("database-clock", CLOCK_INTERVAL, new ClockWatch(clock), environment);
      ClockMetrics.register(bridge.registry(), clock::offset);
      return clock;
    } catch (DatabaseUnavailableException e) {
      throw new StartupException(DATABASE_KEY, e.getMessage());
    }
  }

  /** Registers the metrics that say which build runs and how much it logs. */
  protected final void registerProcess() {
    BuildInfo build = BuildInfo.read();
    BuildMetrics.register(bridge.registry(), build.version(), build.revision(), build.java());
    LogMetrics.register(bridge.registry());
  }

  /**
   * Waits until Prometheus has scraped the final values of a process whose work is over, before its
   * server stops; at most for {@code time}.
   */
  protected final void awaitLastScrape(Duration time) {
    try {
      bridge.scrapes().awaitNext(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
