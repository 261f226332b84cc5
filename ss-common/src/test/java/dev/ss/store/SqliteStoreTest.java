package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreConformance {
  @TempDir private Path directory;

  @Override
  public DatabaseSettings emptyDatabase() throws Exception {
    return TestStore.sqlite(Files.createTempDirectory(directory, "database").resolve("ss.db"));
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
