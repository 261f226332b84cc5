package dev.ss.config;

import com.codahale.metrics.MetricRegistry;
import dev.ss.store.Database;
import dev.ss.store.DatabaseSettings;
import jakarta.validation.constraints.NotBlank;
import java.util.Objects;

/**
 * Where jobs are kept.
 *
 * @param url {@code jdbc:sqlite:<file>} or {@code jdbc:postgresql://host/database}
 * @param user for PostgreSQL
 * @param password for PostgreSQL
 */
public record DatabaseSection(@NotBlank String url, String user, String password) {
  private static final int READERS = 4;

  /** What is left out takes its default. */
  public DatabaseSection {
    url = Objects.requireNonNullElse(url, "jdbc:sqlite:data/ss.db");
    user = Objects.requireNonNullElse(user, "");
    password = Objects.requireNonNullElse(password, "");
  }

  static DatabaseSection defaults() {
    return new DatabaseSection(null, null, null);
  }

  /**
   * Opens the database, creating and migrating what is missing.
   *
   * @param writers how many transactions this process may have open at once
   * @throws dev.ss.store.DatabaseUnavailableException with a reason that can be shown
   */
  public Database open(MetricRegistry metrics, int writers) {
    return Database.open(new DatabaseSettings(url, user, password, writers, READERS), metrics);
  }

  /** Not the URL, the user or the password: this may end up in a log. */
  @Override
  public String toString() {
    return "DatabaseSection[…]";
  }
}
