package dev.ss.store;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;

class SqliteUpgradeTest extends UpgradeConformance {
  @TempDir private Path directory;

  @Override
  Version5 version5() throws Exception {
    return Version5.sqlite(directory);
  }

  @Override
  List<String> schemaQueries() {
    return List.of("select type, name, tbl_name, sql from sqlite_master order by type, name");
  }
}
