package dev.ss.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/** Brings the tables to this version's shape, once, however many processes start together. */
final class Migrations {
  private static final String SQLITE_PREFIX = "jdbc:sqlite:";

  /** For whoever is migrating; a new index may take minutes. */
  private static final Duration LOCK_LIMIT = Duration.ofMinutes(10);

  private Migrations() {}

  static void run(Dialect dialect, DatabaseSettings settings) {
    switch (dialect) {
      case SQLITE -> migrateFile(settings);
      case POSTGRESQL -> migrate(dialect, settings);
    }
  }

  /**
   * Flyway has no lock of its own on SQLite, so the processes take turns at a file beside it. Such
   * a lock is a whole process's, and its threads take turns at this method.
   */
  @SuppressWarnings("try") // the turn is held, not used
  private static synchronized void migrateFile(DatabaseSettings settings) {
    Path file = file(settings.url());
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent(), only("rwx------"));
      try (MigrationTurn turn = MigrationTurn.take(lockFile, LOCK_LIMIT)) {
        if (!Files.exists(file)) {
          // SQLite gives its other files the permissions of this one.
          Files.createFile(file, only("rw-------"));
        }
        migrate(Dialect.SQLITE, settings);
      }
    } catch (IOException e) {
      throw new DatabaseUnavailableException(
          "the database's directory cannot be created or written to");
    }
  }

  /** What clients submit is nobody else's business on this machine. */
  private static FileAttribute<?> only(String ownersPermissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(ownersPermissions));
  }

  private static Path file(String url) {
    String path = url.substring(SQLITE_PREFIX.length());
    int options = path.indexOf('?');
    String name = options < 0 ? path : path.substring(0, options);
    if (name.isBlank() || name.startsWith(":") || name.startsWith("file:")) {
      throw new DatabaseUnavailableException(
          "a SQLite database must be a plain file, which the API and the worker share");
    }
    return Path.of(name);
  }

  private static void migrate(Dialect dialect, DatabaseSettings settings) {
    Map<String, String> properties = new HashMap<>(dialect.connectionProperties(settings));
    // A migration takes the time it needs.
    properties.remove("socketTimeout");
    try {
      Flyway.configure(Migrations.class.getClassLoader())
          .dataSource(settings.url(), settings.user(), settings.password())
          .jdbcProperties(properties)
          // One try a second.
          .lockRetryCount(Math.toIntExact(LOCK_LIMIT.toSeconds()))
          .locations("classpath:dev/ss/store/" + dialect.name().toLowerCase(Locale.ROOT))
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw DatabaseUnavailableException.explaining(e);
    }
  }
}
