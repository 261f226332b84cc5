package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.CommandStream;
import dev.ss.job.Job;
import dev.ss.job.JobType;
import dev.ss.job.NewJob;
import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.unit.SettableClock;
import io.dropwizard.db.ManagedDataSource;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** An open database with all that works on it, on a clock that stands still. */
public final class TestStore implements AutoCloseable {
  /** What the workers of these tests know. */
  public static final List<JobType> TYPES =
      Stream.concat(
              Stream.of("word-count", "checksum", "first", "second"),
              IntStream.range(0, 10).mapToObj("type-%d"::formatted))
          .map(name -> type(name, Optional.empty()))
          .toList();

  private static final int UUID_VERSION_7 = 0x7000;
  private static final long UUID_VARIANT = 0x8000_0000_0000_0000L;

  /** Of connections and statements, unless a test is about them: the machine may be busy. */
  static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(10);

  static final Duration PATIENCE = Duration.ofSeconds(30);

  private final SettableClock clock = new SettableClock();
  private final AtomicLong ids = new AtomicLong();
  private final Database database;

  private TestStore(DatabaseSettings settings, UnaryOperator<ManagedDataSource> around) {
    this.database = Database.open(settings, around);
  }

  /** A type of which so many jobs may run at once. */
  public static JobType type(String name, Optional<Integer> maxRunning) {
    return new JobType(name, List.of("true"), Duration.ofMinutes(1), 3, maxRunning);
  }

  /** Opens the database, which is migrated where it has to be. */
  public static TestStore open(DatabaseSettings settings) throws Exception {
    return open(settings, UnaryOperator.identity());
  }

  /** The same, with something around its connections. */
  public static TestStore open(DatabaseSettings settings, UnaryOperator<ManagedDataSource> around)
      throws Exception {
    TestStore store = new TestStore(settings, around);
    store.database.start();
    return store;
  }

  /** A plain file as a database. */
  public static DatabaseSettings sqlite(Path file) {
    return new DatabaseSettings("jdbc:sqlite:" + file, "", "", 1, 4, CONNECT_TIMEOUT, PATIENCE);
  }

  /** A new database of this server. */
  static DatabaseSettings newDatabase(PostgresServer server) {
    return postgres(server, server.newDatabase(), PostgresServer.USER, "");
  }

  /** A database of this server, whether it exists or not. */
  static DatabaseSettings postgres(
      PostgresServer server, String database, String user, String password) {
    return new DatabaseSettings(
        server.url(database), user, password, 4, 4, CONNECT_TIMEOUT, PATIENCE);
  }

  /** A connection beside the store's. */
  static Connection connect(DatabaseSettings settings) throws SQLException {
    return DriverManager.getConnection(settings.url(), settings.user(), settings.password());
  }

  /** The database itself. */
  public Database database() {
    return database;
  }

  /** The time it is for all of these. */
  public SettableClock clock() {
    return clock;
  }

  /** Stores jobs. */
  public Submissions submissions() {
    return new Submissions(database);
  }

  /** Takes jobs from workers that are lost. */
  public LostJobs lostJobs() {
    return new LostJobs(database, clock);
  }

  /** Cancels and retries. */
  public JobControl control() {
    return new JobControl(database, clock);
  }

  /** Reads jobs. */
  public Jobs jobs() {
    return new Jobs(database);
  }

  /** Reads what commands wrote. */
  public Outputs outputs() {
    return new Outputs(database);
  }

  /** What an attempt at a job wrote to a stream. */
  @SuppressWarnings("ArrayRecordComponent") // looked at, never compared
  public record Written(int attempt, byte[] bytes, boolean truncated) {}

  /** Reads a stream of the last finished attempt; empty if there is none. */
  public Optional<Written> written(UUID jobId, CommandStream stream) {
    return written(jobId, new Outputs.Selection.LastFinished(), stream);
  }

  /** Reads a stream of a run; empty if there is no such run. */
  public Optional<Written> written(UUID jobId, Outputs.Selection run, CommandStream stream) {
    return outputs().find(jobId, run, stream).map(stored -> written(jobId, stored, stream));
  }

  private Written written(UUID jobId, Outputs.Stored stored, CommandStream stream) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    stored.whole().ifPresent(bytes::writeBytes);
    stored
        .chunks()
        .forEach(
            chunk ->
                bytes.writeBytes(
                    outputs()
                        .chunkAfter(jobId, stored.run(), stream, chunk.position())
                        .orElseThrow()
                        .bytes()));
    return new Written(stored.attempt(), bytes.toByteArray(), stored.truncated());
  }

  /** The list of workers. */
  public Workers workers() {
    return new Workers(database);
  }

  /** What is known of job types. */
  public JobTypeStates jobTypeStates() {
    return new JobTypeStates(database);
  }

  /** A submission made now, with an id above those of all before it. */
  public JobBuilder newJob() {
    long millisAndVersion = clock.millis() << 16 | UUID_VERSION_7;
    return new JobBuilder(
        new UUID(millisAndVersion, UUID_VARIANT | ids.incrementAndGet()), clock.instant());
  }

  /** Stores the job, which has to be new. */
  public Job submit(NewJob job) {
    Submissions.Stored stored = submissions().submit(job);
    assertThat(stored.match()).isEqualTo(Submissions.Match.CREATED);
    return stored.job();
  }

  /** Stores a job of which nothing matters. */
  public Job submit() {
    return submit(newJob().build());
  }

  /** The job as it is now. */
  public Job job(UUID id) {
    return jobs().find(id).orElseThrow();
  }

  /** A worker that claims jobs of all types. */
  public ManualWorker worker() {
    return worker(ManualWorker.ID, TYPES);
  }

  /** A worker of this name that claims jobs of these types. */
  public ManualWorker worker(String id, List<JobType> offered) {
    return new ManualWorker(database, id, offered, clock);
  }

  /** Changes the database behind everybody's back. */
  public void sql(String statement) {
    database.inTransaction(handle -> handle.execute(statement));
  }

  /** Does something while one of the tables is not there. */
  public void without(String table, Runnable work) {
    sql("alter table %s rename to out_of_the_way".formatted(table));
    try {
      work.run();
    } finally {
      sql("alter table out_of_the_way rename to " + table);
    }
  }

  /** Deletes everything. */
  public void clear() {
    List.of("jobs", "workers", "job_types", "uploads")
        .forEach(table -> sql("delete from " + table));
  }

  /** Everything SS has stored, to compare with what is stored later. */
  public Map<String, List<Map<String, Object>>> contents() {
    Map<String, List<Map<String, Object>>> tables = new LinkedHashMap<>();
    for (String table :
        List.of("jobs", "job_inputs", "job_labels", "job_attempts", "output_chunks", "uploads")) {
      tables.put(table, rows(table));
    }
    return tables;
  }

  /** How many rows a table has. */
  public long count(String table) {
    return database.read(
        handle -> handle.createQuery("select count(*) from " + table).mapTo(Long.class).one());
  }

  /** The rows of a table. */
  public List<Map<String, Object>> rows(String table) {
    return database.read(
        handle ->
            handle.createQuery("select * from " + table + " order by 1, 2").mapToMap().stream()
                .map(TestStore::comparable)
                .toList());
  }

  private static Map<String, Object> comparable(Map<String, Object> row) {
    Map<String, Object> copy = new TreeMap<>(row);
    copy.replaceAll(
        (column, value) -> value instanceof byte[] bytes ? HexFormat.of().formatHex(bytes) : value);
    return copy;
  }

  /** Closes the database, and fails if a connection was not returned. */
  @Override
  public void close() {
    database.wakeUps().stop();
    Map<String, Object> inUse = new TreeMap<>();
    database.pools().forEach(pool -> inUse.put(pool.name(), pool.active()));
    stop(database);
    assertThat(inUse)
        .as("connections still in use")
        .isNotEmpty()
        .allSatisfy((pool, active) -> assertThat(active).isEqualTo(0));
  }

  private static void stop(Database database) {
    try {
      database.stop();
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }
}
