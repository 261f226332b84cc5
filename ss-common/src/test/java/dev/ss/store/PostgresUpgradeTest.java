package dev.ss.store;

import dev.ss.testkit.postgres.PostgresServer;
import java.util.List;
import org.junit.jupiter.api.AutoClose;

class PostgresUpgradeTest extends UpgradeConformance {
  @AutoClose private static final PostgresServer server = PostgresServer.temporary();

  @Override
  Version5 version5() throws Exception {
    return Version5.postgresql(server);
  }

  @Override
  List<String> schemaQueries() {
    return List.of(
        """
        select table_name, column_name, ordinal_position, data_type, collation_name, column_default,
          is_nullable
        from information_schema.columns where table_schema = 'public'
        order by table_name, ordinal_position
        """,
        "select indexname, indexdef from pg_indexes where schemaname = 'public' order by indexname",
        """
        select conrelid::regclass::text as table_name, conname, pg_get_constraintdef(oid) as rule
        from pg_constraint where connamespace = 'public'::regnamespace order by 1, 2
        """);
  }
}
