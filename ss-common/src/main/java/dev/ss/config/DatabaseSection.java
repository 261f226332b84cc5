package dev.ss.config;

import dev.ss.store.Database;
import dev.ss.store.DatabaseSettings;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.constraints.NotBlank;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;

/** Configures the database, which stores the jobs. */
public record DatabaseSection(
    @Meaning(
            "where jobs are stored: a SQLite file, or `jdbc:postgresql://host/name`. "
                + "SS creates the SQLite file, and creates or migrates the tables when it "
                + "starts")
        @NotBlank
        String url,
    @Meaning("for PostgreSQL") String user,
    @Meaning("for PostgreSQL") String password,
    @Meaning("PostgreSQL: how long to wait for a connection to each host")
        @MinDuration(1)
        @MaxDuration(60)
        Duration connectTimeout,
    @Meaning(
            "PostgreSQL: how long one statement may take, except in migrations. "
                + "PostgreSQL and SQLite: how long to wait for a free connection of the "
                + "pool")
        @MinDuration(value = 100, unit = TimeUnit.MILLISECONDS)
        @MaxDuration(value = 10, unit = TimeUnit.MINUTES)
        Duration statementTimeout) {
  private static final int READERS = 4;

  /** Replaces missing values with their defaults. */
  @NullUnmarked
  public DatabaseSection {
    url = Objects.requireNonNullElse(url, "jdbc:sqlite:data/ss.db");
    user = Objects.requireNonNullElse(user, "");
    password = Objects.requireNonNullElse(password, "");
    connectTimeout = Objects.requireNonNullElseGet(connectTimeout, () -> Duration.seconds(5));
    statementTimeout = Objects.requireNonNullElseGet(statementTimeout, () -> Duration.seconds(15));
  }

  static DatabaseSection defaults() {
    return new DatabaseSection(null, null, null, null, null);
  }

  /**
   * Opens the database. Creates it if it is missing, and migrates it.
   *
   * @param writers how many transactions this process may have open at once
   * @throws dev.ss.store.DatabaseUnavailableException with a message for the operator
   */
  public Database open(int writers) {
    return Database.open(
        new DatabaseSettings(
            url,
            user,
            password,
            writers,
            READERS,
            connectTimeout.toJavaDuration(),
            statementTimeout.toJavaDuration()));
  }

  /** Omits the URL, the user and the password, because the result may be logged. */
  @Override
  public String toString() {
    return "DatabaseSection[…]";
  }
}
