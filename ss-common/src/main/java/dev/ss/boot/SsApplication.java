package dev.ss.boot;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.ss.bridge.BridgeBundle;
import dev.ss.config.EnvironmentYaml;
import dev.ss.config.SsConfiguration;
import dev.ss.metrics.BuildMetrics;
import dev.ss.metrics.ClockMetrics;
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
import org.slf4j.LoggerFactory;

/** A process of SS: reads config.yml, opens the database, and leaves the rest to its kind. */
public abstract class SsApplication extends Application<SsConfiguration> {
  /** Failures that go on and on are summed up so often. */
  private static final Duration FAILURES_INTERVAL = Duration.ofSeconds(10);

  private static final String DATABASE_KEY = "database.url (SS_DATABASE_URL)";

  private final String name;
  private final BridgeBundle<SsConfiguration> bridge = new BridgeBundle<>();

  /** An application of this name. */
  protected SsApplication(String name) {
    this.name = name;
  }

  /** Runs as a process of its own, with what its command line says. */
  protected final void runAsProcess(String... arguments) throws Exception {
    // Numbers in SQL, in what is scraped and in files are for machines: some languages' digits
    // would make them unreadable.
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
  }

  /** Counts, and shows what is counted. */
  protected final BridgeBundle<SsConfiguration> bridge() {
    return bridge;
  }

  /** Opens the database and ties it to the process's life. */
  protected static Database openDatabase(
      SsConfiguration configuration, Environment environment, int writers) {
    // Flyway's information includes the URL, which may carry a password.
    ((Logger) LoggerFactory.getLogger("org.flywaydb")).setLevel(Level.WARN);
    try {
      Database database = configuration.database().open(environment.metrics(), writers);
      environment.lifecycle().manage(database);
      return database;
    } catch (DatabaseUnavailableException e) {
      throw new StartupException(DATABASE_KEY, e.getMessage());
    }
  }

  /** Watches the database for as long as the process lives. */
  protected static DatabaseProbe probe(Database database, Environment environment) {
    DatabaseProbe probe = new DatabaseProbe(database);
    environment.lifecycle().manage(probe);
    return probe;
  }

  /**
   * Where failures of one sort of work are logged.
   *
   * @param one what has failed, as {@code A request}
   * @param many several of them, as {@code requests}
   */
  protected static RepeatedFailures sum(String one, String many, Environment environment) {
    RepeatedFailures failures = new RepeatedFailures(one, many, FAILURES_INTERVAL);
    environment.lifecycle().manage(failures);
    return failures;
  }

  /** The time that all processes of this database go by. */
  protected final Clock clock(Database database, Environment environment) {
    try {
      DatabaseClock clock = database.clock(Clock.systemUTC());
      environment.lifecycle().manage(new ClockWatch(clock));
      ClockMetrics.register(bridge.registry(), clock::offset);
      return clock;
    } catch (DatabaseUnavailableException e) {
      throw new StartupException(DATABASE_KEY, e.getMessage());
    }
  }

  /** Says in the metrics what runs here. */
  protected final void registerBuild() {
    BuildInfo build = BuildInfo.read();
    BuildMetrics.register(bridge.registry(), build.version(), build.revision(), build.java());
  }

  /**
   * Lets Prometheus see the last numbers of a process whose work is over, before its server stops.
   */
  protected final void awaitLastScrape(Duration time) {
    try {
      bridge.scrapes().awaitNext(time);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
