package dev.ss.store;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;

/**
 * Migrates the tables to this version's schema. If several processes start together, one of them
 * migrates and the others wait.
 */
final class Migrations {
  /** How long to wait for another process's migration; a new index may take minutes. */
  private static final Duration LOCK_LIMIT = Duration.ofMinutes(10);

  private Migrations() {}

  /**
   * Creates or migrates a SQLite file. Flyway has no lock of its own on SQLite. So processes take
   * turns with a lock file beside the database, and threads of one process with this synchronized
   * method.
   */
  @SuppressWarnings("try") // the turn is held, not used
  static synchronized void migrateFile(
      Path file, DatabaseSettings settings, Map<String, String> connectionProperties) {
    Path lockFile = file.resolveSibling(file.getFileName() + ".lock");
    try {
      Files.createDirectories(file.toAbsolutePath().getParent(), only("rwx------"));
      try (MigrationTurn turn = MigrationTurn.take(lockFile, LOCK_LIMIT)) {
        if (!Files.exists(file)) {
          // SQLite gives the files of its write-ahead log the permissions of this one.
          Files.createFile(file, only("rw-------"));
        }
        migrate("sqlite", settings, connectionProperties);
      }
    } catch (IOException e) {
      throw new DatabaseUnavailableException(
          "the database's directory cannot be created or written to");
    }
  }

  /** Only the owner may read what clients submit. */
  static FileAttribute<?> only(String ownersPermissions) {
    return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(ownersPermissions));
  }

  /**
   * Creates or migrates the tables.
   *
   * @param scripts the directory of the migration scripts
   */
  static void migrate(
      String scripts, DatabaseSettings settings, Map<String, String> connectionProperties) {
    Map<String, String> properties = new HashMap<>(connectionProperties);
    // A migration may take longer than this timeout.
    properties.remove("socketTimeout");
    try {
      Flyway.configure(Migrations.class.getClassLoader())
          .dataSource(settings.url(), settings.user(), settings.password())
          .jdbcProperties(properties)
          // Flyway tries once a second.
          .lockRetryCount(Math.toIntExact(LOCK_LIMIT.toSeconds()))
          .locations("classpath:dev/ss/store/" + scripts)
          .load()
          .migrate();
    } catch (FlywayException e) {
      throw Failures.migrating(e);
    }
  }
}
