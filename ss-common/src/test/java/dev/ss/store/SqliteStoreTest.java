package dev.ss.store;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class SqliteStoreTest extends StoreConformance {
  @TempDir private Path directory;

  @Override
  public DatabaseSettings emptyDatabase() throws Exception {
    return TestStore.sqlite(Files.createTempDirectory(directory, "database").resolve("ss.db"));
  }
}
