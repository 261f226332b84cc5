package dev.ss.boot;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.ss.config.EnvironmentYaml;
import dev.ss.config.SsConfiguration;
import dev.ss.metrics.BuildMetrics;
import dev.ss.metrics.ClockMetrics;
import dev.ss.metrics.bridge.BridgeBundle;
import dev.ss.store.Database;
import dev.ss.store.DatabaseClock;
import dev.ss.store.DatabaseUnavailableException;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.CheckCommand;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import java.time.Clock;
import java.time.Duration;
import org.slf4j.LoggerFactory;

/** A process of SS: reads config.yml, opens the database, and leaves the rest to its kind. */
public abstract class SsApplication extends Application<SsConfiguration> {
  private static final String DATABASE_KEY = "database.url (SS_DATABASE_URL)";

  private final String name;
  private final BridgeBundle<SsConfiguration> bridge = new BridgeBundle<>();

  /** An application of this name. */
  protected SsApplication(String name) {
    this.name = name;
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

  /** The time that all processes of this database go by. */
  protected final Clock clock(Database database, Environment environment) {
    try {
      DatabaseClock clock = new DatabaseClock(database, Clock.systemUTC());
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
