package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.JobState;
import dev.ss.job.NextStep;
import dev.ss.job.Output;
import dev.ss.job.RunResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreConformance {
  @TempDir private Path directory;

  @Override
  public DatabaseSettings emptyDatabase() throws Exception {
    return TestStore.sqlite(Files.createTempDirectory(directory, "database").resolve("ss.db"));
  }

  /** A kept statement that is not reset would hold a snapshot, and the log could only grow. */
  @Test
  void statementsThatAreKeptPreparedHoldNoSnapshot() throws Exception {
    Path file = directory.resolve("ss.db");
    try (TestStore store = TestStore.open(TestStore.sqlite(file));
        Connection other = DriverManager.getConnection("jdbc:sqlite:" + file)) {
      for (int i = 0; i < 3; i++) {
        store.submit();
        ManualWorker.Started started = store.worker().start();
        store.submit();
        started.finish(
            RunResult.exited(0, Output.empty(), Output.empty()),
            new NextStep.Finish(JobState.SUCCEEDED));

        try (Statement statement = other.createStatement();
            ResultSet row = statement.executeQuery("pragma wal_checkpoint(truncate)")) {
          assertThat(row.getInt("busy")).isZero();
        }
        assertThat(file.resolveSibling("ss.db-wal")).isEmptyFile();
      }
    }
  }

  @Test
  void itsFilesAreTheOwnersAloneWhoeverMayReadTheDirectory() throws Exception {
    Path open = Files.createDirectory(directory.resolve("open"));
    Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxr-xr-x"));
    Path closed = directory.resolve("closed");
    for (Path parent : List.of(open, closed)) {
      try (TestStore store = TestStore.open(TestStore.sqlite(parent.resolve("ss.db")))) {
        store.submit();
        assertThat(parent.resolve("ss.db-wal")).exists();
        for (String file : List.of("ss.db", "ss.db-wal", "ss.db-shm", "ss.db.lock")) {
          assertThat(Files.getPosixFilePermissions(parent.resolve(file)))
              .isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
      }
    }
    assertThat(Files.getPosixFilePermissions(closed))
        .isEqualTo(PosixFilePermissions.fromString("rwx------"));
  }
}
