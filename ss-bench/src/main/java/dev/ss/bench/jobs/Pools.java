package dev.ss.bench.jobs;

import com.codahale.metrics.MetricRegistry;
import io.dropwizard.db.DataSourceFactory;
import io.dropwizard.db.ManagedDataSource;
import io.dropwizard.util.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/** Connection pools for the peers, with the settings that SS gives its own. */
final class Pools {
  private Pools() {}

  /** Opens a pool of this size; on SQLite of size 1, because it has one writer. */
  static ManagedDataSource open(Storage.Place place, int size, MetricRegistry metrics) {
    boolean sqlite = place.section().url().startsWith("jdbc:sqlite:");
    DataSourceFactory factory = new DataSourceFactory();
    factory.setDriverClass(sqlite ? "org.sqlite.JDBC" : "org.postgresql.Driver");
    factory.setUrl(place.section().url());
    factory.setUser(place.section().user());
    factory.setPassword(place.section().password());
    factory.setProperties(
        new LinkedHashMap<>(
            sqlite
                ? Map.of(
                    "journal_mode", "WAL",
                    "synchronous", "FULL",
                    "busy_timeout", "10000",
                    "transaction_mode", "IMMEDIATE",
                    "foreign_keys", "true")
                : Map.of()));
    factory.setInitialSize(0);
    factory.setMinSize(1);
    factory.setMaxSize(sqlite ? 1 : size);
    factory.setMaxWaitForConnection(Duration.seconds(15));
    factory.setValidationQuery("select 1");
    factory.setCheckConnectionOnBorrow(true);
    factory.setValidationInterval(Duration.seconds(1));
    factory.setAutoCommentsEnabled(false);
    return factory.build(metrics, "bench");
  }
}
