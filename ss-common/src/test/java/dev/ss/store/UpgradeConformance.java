package dev.ss.store;

import static dev.ss.store.Runs.SUCCEED;
import static dev.ss.store.Runs.TRY_AGAIN_AT_ONCE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ss.job.CommandStream;
import dev.ss.job.Job;
import dev.ss.store.ManualWorker.Started;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** That a database of SS 0.1.0 is taken over with all that is in it, and can be taken back. */
abstract class UpgradeConformance {
  private static final List<String> KEPT = List.of("job_inputs", "job_outputs", "workers");

  private static final List<String> NEW_COLUMNS =
      List.of(
          "submitted_by",
          "changed_by",
          "input_size",
          "output_size",
          "log_size",
          "output_truncated",
          "log_truncated",
          "cpu_seconds",
          "peak_memory_bytes",
          "resources_are_lower_bounds");

  /** What 0.1.0 would run and what it was running, without what it knew of the picking. */
  private static final String EXECUTIONS =
      """
      select task_name, task_instance, execution_time, priority from scheduled_tasks
      order by task_instance
      """;

  private static final Instant AFTER_THE_FIXTURE_WAS_MADE = Instant.parse("2027-06-01T00:00:00Z");
  private static final Instant AFTER_ALL_IS_DUE = Instant.parse("2200-01-01T00:00:00Z");

  private Version5 database;

  /** A copy of the database that the jars of 0.1.0 have made. */
  abstract Version5 version5() throws Exception;

  /** Reads the tables' columns and constraints, and the indexes. */
  abstract List<String> schemaQueries();

  @BeforeEach
  void copy() throws Exception {
    database = version5();
  }

  @Test
  void noRowIsLostOrChanged() throws Exception {
    List<Map<String, Object>> jobs = database.rows("select * from jobs order by job_id");
    jobs.forEach(
        row -> {
          row.put("generation", row.remove("run"));
          row.put("due_at", row.remove("submitted_at"));
          NEW_COLUMNS.forEach(column -> row.put(column, null));
        });
    Map<String, List<Map<String, Object>>> others = tables(KEPT);

    upgrade();

    assertThat(jobs).hasSize(15);
    assertThat(database.rows("select * from jobs order by job_id")).isEqualTo(jobs);
    assertThat(tables(KEPT)).isEqualTo(others);
  }

  @Test
  void everyJobIsWhatItsClientKnew() throws Exception {
    try (TestStore store = TestStore.open(database.settings())) {
      Map<String, String> found = new TreeMap<>();
      for (String name : database.ids().stringPropertyNames()) {
        found.put(name, inShort(store.job(database.id(name))));
      }

      assertThat(found)
          .containsExactlyInAnyOrderEntriesOf(
              Map.ofEntries(
                  Map.entry("succeeded", "count succeeded 1/3, priority 0, exit code 0"),
                  Map.entry("failed", "fail failed 2/2, priority 0, exit code 7, command_failed"),
                  Map.entry("retried", "fail queued 0/1, priority 0"),
                  Map.entry("cancelled", "count cancelled 0/3, priority 0, cancelled"),
                  Map.entry("cancelled-running", "hold cancelled 1/3, priority 0, cancelled"),
                  Map.entry("backoff", "fail queued 1/3, priority 0, exit code 7, command_failed"),
                  Map.entry("running", "hold running 1/3, priority 3"),
                  Map.entry("running-cancel-requested", "hold running 1/3, priority 0"),
                  Map.entry("queued", "count queued 0/3, priority 0"),
                  Map.entry("later", "count queued 0/3, priority 0"),
                  Map.entry("keyed", "count queued 0/3, priority 7"),
                  Map.entry("traced", "count queued 0/3, priority 0"),
                  Map.entry("gone", "gone queued 0/3, priority 0"),
                  Map.entry("picked", "count queued 0/3, priority 0"),
                  Map.entry("without-input", "count queued 0/3, priority 0")));
    }
  }

  @Test
  void theLastSuccessOfEachTypeIsKnownFromItsJobs() throws Exception {
    upgrade();

    assertThat(database.rows("select job_type, last_success_at from job_types"))
        .isEqualTo(
            database.rows(
                "select job_type, finished_at as last_success_at from jobs"
                    + " where state = 'succeeded'"))
        .hasSize(1);
  }

  private static String inShort(Job job) {
    return "%s %s %d/%d, priority %d%s%s"
        .formatted(
            job.jobType(),
            job.state().wireName(),
            job.attempt(),
            job.maxAttempts(),
            job.priority(),
            job.exitCode().map(code -> ", exit code " + code).orElse(""),
            job.errorCode().map(code -> ", " + code).orElse(""));
  }

  @Test
  void whatACommandWroteIsStillThere() throws Exception {
    try (TestStore store = TestStore.open(database.settings())) {
      assertThat(written(store, "succeeded", CommandStream.OUTPUT)).isEqualTo("1: 6\n");
      assertThat(written(store, "failed", CommandStream.LOG)).isEqualTo("2: broken\n");
      assertThat(written(store, "backoff", CommandStream.LOG)).isEqualTo("1: broken\n");
    }
  }

  private String written(TestStore store, String name, CommandStream stream) {
    TestStore.Written written = store.written(database.id(name), stream).orElseThrow();
    return written.attempt() + ": " + new String(written.bytes(), StandardCharsets.UTF_8);
  }

  /** Also where the job's execution had been picked, or had been lost. */
  @Test
  void whatIsQueuedIsDueWhenItsExecutionWas() throws Exception {
    Map<Object, Object> executions = new TreeMap<>();
    for (Map<String, Object> row : database.rows(EXECUTIONS)) {
      executions.put(row.get("task_instance"), row.get("execution_time"));
    }

    upgrade();

    List<Map<String, Object>> queued =
        database.rows(
            """
            select job_id || '.' || (generation + 1) as execution, run_at from jobs
            where state = 'queued' and job_id <> '%s'
            """
                .formatted(database.id("without-input")));
    assertThat(queued)
        .hasSize(8)
        .allSatisfy(
            row -> assertThat(row.get("run_at")).isEqualTo(executions.get(row.get("execution"))));
  }

  @Test
  void whatWasRunningIsStillItsWorkersUntilThatIsLost() throws Exception {
    upgrade();

    assertThat(
            database.rows(
                """
                select job_id from jobs
                join workers on workers.worker_id = jobs.worker_id and instance is not null
                where state = 'running' and generation = 1 order by job_id
                """))
        .extracting(row -> row.get("job_id"))
        .containsExactly(
            database.id("running").toString(), database.id("running-cancel-requested").toString());
  }

  @Test
  void aWorkerRunsWhatWasDueTheMostUrgentFirst() throws Exception {
    try (TestStore store = TestStore.open(database.settings())) {
      store.clock().set(AFTER_THE_FIXTURE_WAS_MADE);

      Started mostUrgent = worker(store).start();
      List<Started> started = worker(store).claim(20);

      assertThat(mostUrgent.attempt().jobId()).isEqualTo(database.id("keyed"));
      assertThat(started)
          .extracting(each -> each.attempt().jobId())
          .containsExactlyInAnyOrderElementsOf(
              Stream.of("retried", "queued", "traced", "picked", "without-input")
                  .map(database::id)
                  .toList());
      for (Started each : started) {
        each.finish(Runs.succeeded("by the new version"), SUCCEED);
      }
      assertThat(written(store, "picked", CommandStream.OUTPUT)).isEqualTo("1: by the new version");
      assertThat(worker(store).claim(20)).isEmpty();
    }
  }

  @Test
  void whatWasForLaterRunsThen() throws Exception {
    try (TestStore store = TestStore.open(database.settings())) {
      store.clock().set(AFTER_ALL_IS_DUE);

      assertThat(worker(store).claim(20))
          .extracting(each -> each.attempt().jobId())
          .hasSize(8)
          .contains(database.id("later"), database.id("backoff"));
    }
  }

  @Test
  void whatALostWorkerWasRunningIsRecovered() throws Exception {
    try (TestStore store = TestStore.open(database.settings())) {
      store.clock().set(AFTER_THE_FIXTURE_WAS_MADE);
      LostJobs.Holder holder = store.lostJobs().holders("nobody").get(0);

      store.lostJobs().recover(holder, attempt -> TRY_AGAIN_AT_ONCE);

      assertThat(inShort(store.job(database.id("running"))))
          .isEqualTo("hold queued 1/3, priority 3, worker_lost");
      assertThat(inShort(store.job(database.id("running-cancel-requested"))))
          .startsWith("hold cancelled 1/3");
      Started again = worker(store).start();
      assertThat(again.attempt().jobId()).isEqualTo(database.id("keyed"));
      Started next = worker(store).start();
      assertThat(next.attempt().jobId()).isEqualTo(database.id("running"));
      assertThat(next.attempt().generation()).isEqualTo(2);
    }
  }

  /** Of all types but the one that is not configured any more. */
  private static ManualWorker worker(TestStore store) {
    return store.worker(
        "of-this-version",
        Stream.of("count", "fail", "hold")
            .map(name -> TestStore.type(name, Optional.empty()))
            .toList());
  }

  @Test
  void aDatabaseThatIsTakenBackIsWhatItWas() throws Exception {
    List<String> everything = List.of("jobs", "job_inputs", "job_outputs", "workers");
    Map<String, List<Map<String, Object>>> tables = tables(everything);
    List<Map<String, Object>> executions = database.rows(EXECUTIONS);
    List<Map<String, Object>> history = history();
    List<List<Map<String, Object>>> schema = schema();

    upgrade();
    assertThat(schema()).isNotEqualTo(schema);
    database.rollBack();

    assertThat(schema()).isEqualTo(schema);
    assertThat(tables(everything)).isEqualTo(tables);
    assertThat(database.rows(EXECUTIONS)).isEqualTo(executions);
    assertThat(history()).isEqualTo(history);
    assertThat(
            database.rows(
                "select task_instance from scheduled_tasks where picked and picked_by = 'worker-1'"
                    + " order by 1"))
        .extracting(row -> row.get("task_instance"))
        .containsExactly(
            database.id("running") + ".1", database.id("running-cancel-requested") + ".1");
  }

  @Test
  void whatHasRunMoreOftenMeanwhileGoesOnFromThere() throws Exception {
    upgrade();
    database.execute(
        "update jobs set generation = 5 where job_id = '%s'".formatted(database.id("queued")),
        "update jobs set generation = 9 where job_id = '%s'".formatted(database.id("running")),
        "update jobs set state = 'cancelled', generation = 3 where job_id = '%s'"
            .formatted(database.id("keyed")));

    database.rollBack();

    assertThat(database.rows(EXECUTIONS))
        .extracting(row -> row.get("task_instance"))
        .contains(database.id("queued") + ".6", database.id("running") + ".9")
        .noneMatch(id -> id.toString().startsWith(database.id("keyed").toString()));
  }

  @Test
  void aDatabaseOfAnotherVersionIsNotTakenBack() throws Exception {
    List<Map<String, Object>> executions = database.rows("select * from scheduled_tasks");

    assertThatThrownBy(database::rollBack)
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("8");

    assertThat(database.rows("select * from scheduled_tasks")).isEqualTo(executions);
    assertThat(database.rows("select run from jobs")).hasSize(15);
  }

  private void upgrade() throws Exception {
    TestStore.open(database.settings()).close();
  }

  private Map<String, List<Map<String, Object>>> tables(List<String> names) throws SQLException {
    Map<String, List<Map<String, Object>>> tables = new LinkedHashMap<>();
    for (String name : names) {
      tables.put(name, database.rows("select * from " + name + " order by 1"));
    }
    return tables;
  }

  private List<Map<String, Object>> history() throws SQLException {
    return database.rows("select * from flyway_schema_history order by installed_rank");
  }

  private List<List<Map<String, Object>>> schema() throws SQLException {
    List<List<Map<String, Object>>> schema = new ArrayList<>();
    for (String query : schemaQueries()) {
      schema.add(database.rows(query));
    }
    return schema;
  }
}
