package dev.ss.store;

import static dev.ss.store.Filters.filter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.CommandStream;
import dev.ss.job.ErrorCode;
import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.job.JobType;
import dev.ss.job.Limits;
import dev.ss.job.Objectives;
import dev.ss.job.Schedule;
import dev.ss.job.Timetable;
import dev.ss.job.WorkerStatus;
import dev.ss.store.JobQueue.Hold;
import dev.ss.store.Schedules.Settlement;
import dev.ss.store.StatementRecorder.Recorded;
import dev.ss.testkit.postgres.PostgresServer;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * That no statement reads more than it needs from the tables that grow. Everything SS executes is
 * recorded and explained by the database, over thousands of jobs.
 */
class QueryPlanTest {
  static final int JOBS = 12_000;
  private static final Pattern GROWING =
      Pattern.compile(
          "\\b(jobs|due|candidate|job_inputs|job_labels|job_attempts|output_chunks|upload_chunks)"
              + "\\b");

  @Test
  void onSqlite(@TempDir Path directory) throws Exception {
    DatabaseSettings settings = TestStore.sqlite(directory.resolve("ss.db"));
    List<String> wrong = new ArrayList<>();
    for (Recorded statement : executed(settings, "analyze")) {
      List<String> steps = explained(settings, "explain query plan ", statement, "detail");
      if (looksForJobs(statement)) {
        assertThat(steps)
            .as("it reads nothing that is not due, and of no other type")
            .anyMatch(step -> step.contains("jobs_due (job_type=? AND priority=? AND run_at<?)"));
      }
      for (String step : steps) {
        if (readsAll(step, statement) || sortsAll(step, statement)) {
          wrong.add(step + " in:\n" + statement.sql());
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  /**
   * A claim sorts what it has found of each type and priority, a list what it has found of each
   * state and the jobs of its chunk: no more of each than it may take.
   */
  private static boolean sortsAll(String step, Recorded statement) {
    return step.contains("USE TEMP B-TREE FOR ORDER BY")
        && !looksForJobs(statement)
        && !statement.sql().contains("union all select")
        && !statement.sql().contains("from chunk");
  }

  private static boolean looksForJobs(Recorded statement) {
    return statement.sql().contains("level.priority");
  }

  /** A scan that follows an index and ends with a page's last row reads only that page. */
  private static boolean readsAll(String step, Recorded statement) {
    if (!step.startsWith("SCAN") || !GROWING.matcher(step).find()) {
      return false;
    }
    if (step.contains("COVERING INDEX jobs_due") || step.contains("COVERING INDEX jobs_running")) {
      return false; // the index of the unfinished jobs, which are counted
    }
    boolean inOrder = step.contains("USING INDEX") || step.contains("USING COVERING INDEX");
    boolean onePage = statement.sql().toLowerCase(Locale.ROOT).contains(" limit ");
    return !(inOrder && onePage);
  }

  @Test
  void onPostgresql() throws Exception {
    try (PostgresServer server = PostgresServer.temporary()) {
      DatabaseSettings settings = TestStore.newDatabase(server);
      List<String> wrong = new ArrayList<>();
      List<Recorded> statements = executed(settings, "vacuum analyze");
      assertThat(statements.stream().filter(QueryPlanTest::looksForJobs))
          .as("with a type that is limited, and with none")
          .anyMatch(statement -> statement.sql().contains("<= remaining"))
          .anyMatch(statement -> !statement.sql().contains("<= remaining"));
      for (Recorded statement : statements) {
        List<String> steps = explained(settings, "explain ", statement, "QUERY PLAN");
        if (looksForJobs(statement)) {
          assertThat(steps)
              .as("it reads nothing that is not due, and of no other type")
              .anyMatch(
                  step ->
                      step.matches(
                          ".*Index Cond: \\(\\(job_type = .* AND \\(priority = .*"
                              + " AND \\(run_at <= .*"));
        }
        if (steps.stream().anyMatch(QueryPlanTest::readsAll)) {
          wrong.add(String.join("\n", steps) + "\nin:\n" + statement.sql());
        }
      }
      assertThat(wrong).isEmpty();
    }
  }

  private static boolean readsAll(String step) {
    return step.contains("Seq Scan on") && GROWING.matcher(step).find();
  }

  /** What is executed, in the life of jobs among many others, by a client's and a worker's wish. */
  private static List<Recorded> executed(DatabaseSettings settings, String analyze)
      throws Exception {
    StatementRecorder recorder = new StatementRecorder();
    try (TestStore store = TestStore.open(settings, recorder::around)) {
      fill(store);
      execute(settings, analyze);
      recorder.clear();
      live(store);
      look(store);
      return recorder.statements();
    }
  }

  /** Most are done, as in a database that has been in use; some wait, and some for later. */
  static void fill(TestStore store) {
    store.submit(store.newJob().type("type-0").build());
    String[] copies = {
      """
      insert into jobs (job_id, job_type, state, attempt, generation, max_attempts, priority, created_at,
        due_at, run_at, finished_at, idempotency_key, idempotency_digest)
      with recursive n (i) as (select 1 union all select i + 1 from n where i < %1$d)
      select '00000000-0000-7000-8000-' || substr(cast(1000000000000 + i as text), 2), 'type-' || (i %% 10),
        case when i %% 6 = 0 then 'queued' when i %% 6 = 1 then 'failed'
          when i %% 600 = 2 then 'cancelled' else 'succeeded' end,
        0, 0, 3, i %% 3, created_at, due_at, run_at,
        case when i %% 6 > 0 then created_at end, 'key-' || i, 'digest'
      from n, jobs where jobs.job_type = 'type-0'
      """,
      """
      insert into job_inputs (job_id, input)
      select jobs.job_id, job_inputs.input from jobs, job_inputs where jobs.idempotency_key is not null
      """,
      """
      update jobs set error_code = case when priority = 1 then 'timed_out' else 'command_failed' end
      where state = 'failed'
      """,
      """
      insert into job_labels (job_id, label)
      select job_id, 'tenth:' || substr(job_id, 36) from jobs where idempotency_key is not null
      """,
      "update jobs set schedule = 'nightly' where job_id like '%%77'",
      """
      insert into job_labels (job_id, label)
      select job_id, 'rare:yes' from jobs where job_id like '%%777'
      """,
      """
      insert into job_attempts (job_id, run, attempt, outcome, output, log)
      select jobs.job_id, 1, 1, 'succeeded', job_inputs.input, job_inputs.input
      from jobs join job_inputs on job_inputs.job_id = jobs.job_id
      where state in ('succeeded', 'failed')
      """,
    };
    for (String copy : copies) {
      store.sql(copy.formatted(JOBS));
    }
  }

  /** A job's ways through the store: submitted twice, failed, retried, cancelled, succeeded. */
  static void live(TestStore store) {
    Instant soon = store.clock().instant();
    Job failing = store.submit(store.newJob().key("a", "b").priority(9).runAt(soon).build());
    store.submissions().submit(store.newJob().key("a", "b").build());
    Instant later = soon.plusSeconds(1);
    store
        .submissions()
        .submitAll(
            List.of(store.newJob().key("a", "b").build(), store.newJob().runAt(later).build()));
    store.submissions().known(List.of("a", "c"));
    List<JobType> offered = new ArrayList<>(TestStore.TYPES);
    offered.add(TestStore.type("limited", Optional.of(1)));
    ManualWorker worker = store.worker(ManualWorker.ID, offered);
    worker.start().finish(Runs.failed("busy"), Runs.TRY_AGAIN_AT_ONCE);
    worker.start().finish(Runs.failed("busy"), Runs.FAIL);
    store.control().retry(failing.id(), Optional.empty());
    store.control().cancel(failing.id(), Optional.empty());
    List<ManualWorker.Started> several = worker.claim(3);
    worker.turn(
        1,
        several.get(0).end(Runs.succeeded("42"), Runs.SUCCEED),
        several.get(1).end(Runs.interrupted(), Runs.GIVE_BACK));
    store.control().cancel(several.get(2).attempt().jobId(), Optional.empty());
    several.get(2).cancelRequested();
    several.get(0).finish(Runs.succeeded("again"), Runs.SUCCEED);
    store.lostJobs().giveBackUnknown(ManualWorker.ID, Set.of(Hold.of(several.get(2).attempt())));
    store.worker("second", TestStore.TYPES).start();
    LostJobs.Holder second = store.lostJobs().holders(ManualWorker.ID).get(0);
    store.lostJobs().recover(second, attempt -> Runs.TRY_AGAIN_AT_ONCE);
    store.lostJobs().recoverAll(ManualWorker.ID, attempt -> Runs.FAIL);
    JobSweep sweep = new JobSweep(store.database(), store.clock());
    JobFilter words = filter().types("word-count").build();
    sweep.sweep(JobSweep.Action.CANCEL, words, 5, Optional.empty(), changed -> {});
    sweep.sweep(JobSweep.Action.RETRY, words, 5, Optional.empty(), changed -> {});
    comeAndGo(store);
  }

  /** What a worker does beside its jobs. */
  private static void comeAndGo(TestStore store) {
    Instant now = store.clock().instant();
    WorkerStatus worker =
        new WorkerStatus("w", false, 1, 0, List.of("any"), now, now, Optional.empty());
    store.workers().beat(worker, new UUID(1, 1));
    store.workers().take(worker, new UUID(2, 2), now, Optional.of(new UUID(1, 1)));
    new Retention(store.database()).deleteFinal(now, 500);
    store.jobTypeStates().succeeded(Map.of("type-0", now));
    makeScheduledJobs(store, now);
  }

  private static void makeScheduledJobs(TestStore store, Instant now) {
    Schedules schedules = store.schedules();
    schedules.announce(
        List.of(
            new Schedule(
                "nightly",
                Timetable.of("0 2 * * *", ZoneOffset.UTC),
                TestStore.type("type-0", Optional.empty()),
                new byte[0],
                0,
                Duration.ofHours(1))),
        now);
    schedules.settle(
        schedules.all().get("nightly"),
        new Settlement(now.plusSeconds(1), List.of(store.newJob().schedule("nightly").build()), 0),
        now);
    schedules.keepLastSuccesses(Map.of("nightly", now));
    schedules.all();
  }

  private static void look(TestStore store) {
    Jobs jobs = store.jobs();
    UUID middle = UUID.fromString("00000000-0000-7000-8000-000000006000");
    find(jobs, middle);
    jobs.find(middle);
    Outputs outputs = store.outputs();
    outputs.find(middle, new Outputs.Selection.LastFinished(), CommandStream.OUTPUT);
    outputs.chunkAfter(middle, 1, CommandStream.LOG, 7);
    outputs.look(middle, 1, CommandStream.LOG);
    new AttemptHistory(store.database()).of(middle);
    new Uploads(store.database()).part(middle, 7);
    jobs.runningOn(List.of(ManualWorker.ID, "worker-2"));
    jobs.unfinishedAmong(List.of(middle, UUID.randomUUID()));
    store.jobTypeStates().lastSuccesses();
    PausedTypes paused = new PausedTypes(store.database());
    paused.pause("type-3", store.clock().instant(), Optional.empty());
    paused.resume("type-3");
    new QueueStatsQuery(store.database(), store.workers(), Duration.ofSeconds(20), store.clock())
        .stats();
    new RecentAttemptsQuery(store.database(), List.of("type-3", "none"), store.clock()).recent();
    new OverdueJobsQuery(store.database(), List.of(promised("type-3")), store.clock()).overdue();
    Instant now = store.clock().instant();
    new TurnoverQuery(store.database()).between(now.minusSeconds(10), now);
  }

  /** Every source of jobs, in both orders, alone and with conditions that are checked. */
  private static void find(Jobs jobs, UUID middle) {
    Instant time = Instant.ofEpochMilli(middle.getMostSignificantBits() >>> 16);
    for (JobState state : JobState.values()) {
      jobs.list(filter().states(state).newest(51));
      jobs.list(filter().states(state).types("type-3").newestAfter(middle, 51));
      jobs.list(filter().states(state).types("type-3").labels("tenth:3").oldest(51));
    }
    for (Filters each :
        List.of(
            filter(),
            filter().types("type-3"),
            filter().types("type-3", "type-4").states(JobState.FAILED, JobState.QUEUED),
            filter().labels("tenth:3"),
            filter().labels("rare:yes", "tenth:3").states(JobState.SUCCEEDED),
            filter().errors(ErrorCode.TIMED_OUT),
            filter().errors(ErrorCode.TIMED_OUT, ErrorCode.COMMAND_FAILED).types("type-3"),
            filter().schedules("nightly"),
            filter().schedules("nightly", "hourly").types("type-3"),
            filter().from(time).before(time.plusSeconds(1)))) {
      jobs.list(each.newest(51));
      jobs.list(each.newestAfter(middle, 51));
      jobs.list(each.oldest(51));
      jobs.count(each.build(), 10_000);
    }
  }

  private static JobType promised(String jobType) {
    return new JobType(
        jobType,
        List.of("true"),
        Duration.ofMinutes(1),
        3,
        Optional.empty(),
        Limits.NONE,
        new Objectives(
            Optional.of(Duration.ofSeconds(30)), Optional.of(Duration.ofMinutes(1)), true, 0.99));
  }

  static void execute(DatabaseSettings settings, String sql) throws SQLException {
    try (Connection connection = connect(settings);
        PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.execute();
    }
  }

  private static List<String> explained(
      DatabaseSettings settings, String prefix, Recorded recorded, String column)
      throws SQLException {
    List<String> steps = new ArrayList<>();
    if (!GROWING.matcher(recorded.sql()).find()) {
      return steps;
    }
    try (Connection connection = connect(settings);
        PreparedStatement statement = recorded.prepare(connection, prefix);
        ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        steps.add(rows.getString(column));
      }
    }
    return steps;
  }

  /** A connection with the settings that SS gives its own. */
  private static Connection connect(DatabaseSettings settings) throws SQLException {
    Connection connection =
        DriverManager.getConnection(settings.url(), settings.user(), settings.password());
    Optional<String> initialization = Dialect.of(settings.url()).initializationQuery(settings);
    if (initialization.isPresent()) {
      try (PreparedStatement statement = connection.prepareStatement(initialization.get())) {
        statement.execute();
      }
    }
    return connection;
  }
}
