package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.MetricRegistry;
import dev.ss.Together;
import dev.ss.job.Job;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

interface MigrationConformance extends OnStore {

  @Test
  default void openingASecondTimeKeepsWhatIsStored() throws Exception {
    Job job = store().submit();

    try (TestStore again = TestStore.open(settings())) {
      assertThat(again.job(job.id())).isEqualTo(job);
    }
  }

  @Test
  default void processesThatStartTogetherAllFindTheTables() throws Exception {
    DatabaseSettings empty = emptyDatabase();

    List<Integer> jobsFound = Together.inThreads(20, () -> openAndCount(empty));

    assertThat(jobsFound).hasSize(20).containsOnly(0);
  }

  @Test
  default void executionsOfBeforeThereWereTypesGetTheirJobsType() throws Exception {
    DatabaseSettings old = emptyDatabase();
    Flyway.configure()
        .dataSource(old.url(), old.user(), old.password())
        .locations(
            "classpath:dev/ss/store/" + Dialect.of(old.url()).name().toLowerCase(Locale.ROOT))
        .target("3")
        .load()
        .migrate();
    UUID job = new UUID(1, 2);
    try (Connection connection =
            DriverManager.getConnection(old.url(), old.user(), old.password());
        Statement statement = connection.createStatement()) {
      statement.execute(
          """
          insert into jobs (job_id, job_type, state, max_attempts, priority, created_at,
            submitted_at, run_at)
          values ('%s', 'first', 'queued', 3, 0, '%2$s', '%2$s', '%2$s')
          """
              .formatted(job, "2024-02-29 12:00:00"));
      for (String id : List.of(job + ".1", "no-job.1")) {
        statement.execute(
            """
            insert into scheduled_tasks (task_name, task_instance, execution_time, picked, version)
            values ('job', '%s', '2024-02-29 12:00:00', false, 1)
            """
                .formatted(id));
      }
    }

    try (TestStore store = TestStore.open(old)) {
      assertThat(store.rows("scheduled_tasks"))
          .extracting(row -> row.get("task_name") + " " + row.get("task_instance"))
          .containsExactly("first " + job + ".1", "job no-job.1");
    }
  }

  private static int openAndCount(DatabaseSettings settings) throws Exception {
    Database database = Database.open(settings, new MetricRegistry());
    try {
      return database.read(
          handle -> handle.createQuery("select count(*) from jobs").mapTo(Integer.class).one());
    } finally {
      database.stop();
    }
  }
}
