package dev.ss.api.support;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.access.Access;
import dev.ss.access.AccessMetrics;
import dev.ss.access.OpenAccess;
import dev.ss.api.access.AuditLog;
import dev.ss.api.access.JobTypeAccess;
import dev.ss.api.access.RouteAccess;
import dev.ss.api.http.AttemptsResource;
import dev.ss.api.http.ControlResource;
import dev.ss.api.http.HealthResource;
import dev.ss.api.http.JobTypesResource;
import dev.ss.api.http.JobViews;
import dev.ss.api.http.JobsResource;
import dev.ss.api.http.OutputResource;
import dev.ss.api.http.StrictQuery;
import dev.ss.api.http.SubmitResource;
import dev.ss.api.http.Times;
import dev.ss.api.http.WaitResource;
import dev.ss.api.http.Waiters;
import dev.ss.api.http.WorkersResource;
import dev.ss.api.metrics.RejectionMetrics;
import dev.ss.api.problem.ProblemMapper;
import dev.ss.api.stream.Following;
import dev.ss.api.stream.Streams;
import dev.ss.api.submit.QueueLimit;
import dev.ss.api.submit.SubmissionHandler;
import dev.ss.boot.RepeatedFailures;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.MetricsHandler;
import dev.ss.job.JobType;
import dev.ss.metrics.JobMetrics;
import dev.ss.store.AttemptHistory;
import dev.ss.store.DatabaseUnavailableException;
import dev.ss.store.PausedTypes;
import dev.ss.store.TestStore;
import dev.ss.store.Uploads;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.contract.Contract;
import dev.ss.testkit.exposition.Scrape;
import dev.ss.testkit.process.Directories;
import dev.ss.testkit.unit.SettableClock;
import io.dropwizard.testing.junit5.ResourceExtension;
import io.dropwizard.util.Duration;
import jakarta.ws.rs.client.Entity;
import jakarta.ws.rs.client.Invocation;
import jakarta.ws.rs.core.Response;
import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.glassfish.jersey.client.ClientProperties;
import org.glassfish.jersey.server.ServerProperties;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The API's resources with a SQLite file of their own, called without HTTP and on a clock that
 * stands still. What Jetty does is not here; {@link ApiServerExtension} has it.
 */
public final class ApiResources implements TestedApi, BeforeAllCallback, AfterAllCallback {
  /** The maximum size of a batch, in bytes. */
  public static final int MAX_BATCH_BYTES = 2 * 1024 * 1024;

  private static final String JOBS = "/v1/jobs";
  private static final String BATCH = "/v1/jobs/batch";
  private static final int MAX_INPUT_BYTES = 1024 * 1024;
  private static final List<JobType> JOB_TYPES =
      List.of(
          jobType("report", java.time.Duration.ofMillis(1500), 1),
          jobType("word-count", java.time.Duration.ofMinutes(1), 3));

  private final OptionalLong maxQueued;
  private final Access access;
  private final BridgeRegistry registry = new BridgeRegistry();
  private Path directory;
  private OwnDatabase database;
  private TestStore store;
  private QueueLimit limit;
  private ResourceExtension resources;

  private ApiResources(OptionalLong maxQueued, Access access) {
    this.maxQueued = maxQueued;
    this.access = access;
  }

  public ApiResources() {
    this(OptionalLong.empty(), new OpenAccess());
  }

  /** With a limit of the queue, which {@link #countTheQueue} brings into effect. */
  public static ApiResources withMaxQueuedJobs(long maxQueued) {
    return new ApiResources(OptionalLong.of(maxQueued), new OpenAccess());
  }

  /** With tokens. */
  public static ApiResources with(Access access) {
    return new ApiResources(OptionalLong.empty(), access);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    directory = Files.createTempDirectory("ss-api-test");
    database = new OwnDatabase(directory.resolve("ss.db"));
    store = TestStore.open(TestStore.sqlite(database.file()));
    java.time.Duration interval = java.time.Duration.ofSeconds(5);
    limit = new QueueLimit(maxQueued, interval, interval.multipliedBy(3), store.clock());
    resources = resources();
    try {
      resources.before();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
  }

  private ResourceExtension resources() {
    JobMetrics metrics = new JobMetrics(registry, JobMetrics.OF_API, names());
    AccessMetrics denials = new AccessMetrics(registry);
    JobTypeAccess jobTypes = new JobTypeAccess(store.jobs());
    AuditLog audit = new AuditLog();
    JobViews views = new JobViews(JOB_TYPES);
    SubmissionHandler submit =
        new SubmissionHandler(
            store.submissions(),
            limit,
            JOB_TYPES.stream().collect(Collectors.toMap(JobType::name, Function.identity())),
            MAX_INPUT_BYTES,
            metrics,
            new RejectionMetrics(registry, names()),
            store.clock());
    return ResourceExtension.builder()
        .setRegisterDefaultExceptionMappers(false)
        .addProperty(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true)
        .addProvider(StrictQuery.class)
        .addProvider(new RouteAccess(access, denials))
        .addProvider(new ProblemMapper(new RepeatedFailures("A request", "requests"), denials))
        .addResource(new SubmitResource(submit, MAX_INPUT_BYTES, MAX_BATCH_BYTES, audit, views))
        .addResource(new JobsResource(store.jobs(), views))
        .addProvider(DrainedContents.class)
        .addResource(
            new OutputResource(
                store.jobs(),
                new Streams(store.outputs(), new Uploads(store.database())),
                new Following(store.outputs(), Times::text, System::nanoTime)))
        .addResource(new AttemptsResource(store.jobs(), new AttemptHistory(store.database())))
        .addResource(new ControlResource(store.control(), jobTypes, metrics, audit, views))
        .addResource(
            new WaitResource(
                store.jobs(),
                new Waiters(store.jobs(), views, System::nanoTime),
                views,
                Duration.minutes(5)))
        .addResource(
            new JobTypesResource(
                JOB_TYPES, new PausedTypes(store.database()), audit, store.clock()))
        .addResource(
            new WorkersResource(
                store.workers(), store.jobs(), java.time.Duration.ofSeconds(20), store.clock()))
        .addResource(new HealthResource(this::failure))
        .build();
  }

  private static List<String> names() {
    return JOB_TYPES.stream().map(JobType::name).toList();
  }

  private static JobType jobType(String name, java.time.Duration timeout, int maxAttempts) {
    return new JobType(name, List.of("true"), timeout, maxAttempts, Optional.empty());
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    try {
      resources.after();
    } catch (Throwable e) {
      throw new IllegalStateException(e);
    }
    store.close();
    Directories.delete(directory);
  }

  private Optional<String> failure() {
    try {
      store.database().ping();
      return Optional.empty();
    } catch (DatabaseUnavailableException e) {
      return Optional.of(e.getMessage());
    }
  }

  public SettableClock clock() {
    return store.clock();
  }

  @Override
  public Rows rows() {
    return database.rows();
  }

  @Override
  public Scrape scrape() {
    return Scrape.of(new MetricsHandler(registry));
  }

  /** Counts the queue, as the API does at intervals. */
  public void countTheQueue() {
    long storedBefore = limit.stored();
    limit.counted(
        rows().number("select count(*) from jobs where state = 'queued'"),
        storedBefore,
        java.time.Duration.ZERO);
  }

  public Path databaseFile() {
    return database.file();
  }

  /** Moves the database's file elsewhere, and checks it as the probe does. */
  public void takeTheDatabaseAway() {
    database.takeAway();
    assertThat(failure()).isPresent();
  }

  /** Moves the file back if it is away, and checks it as the probe does. */
  public void bringTheDatabaseBack() {
    database.bringBack();
    assertThat(failure()).isEmpty();
  }

  public Answer get(String path, String... headers) {
    return answer("GET", path, request(path, headers).get());
  }

  public Answer post(String path, String... headers) {
    return answer("POST", path, request(path, headers).method("POST"));
  }

  /** Submits a body as JSON. */
  public Answer submit(String body, String... headers) {
    return answer("POST", JOBS, request(JOBS, headers).post(json(body)));
  }

  /** Submits a body under this content type. */
  public Answer submitAs(String contentType, String body) {
    return answer("POST", JOBS, request(JOBS).post(entity(body, contentType)));
  }

  /** Submits a batch as JSON. */
  public Answer submitBatch(String body, String... headers) {
    return answer("POST", BATCH, request(BATCH, headers).post(json(body)));
  }

  /** Submits a job of type {@code word-count} and returns its id. */
  public String submitted() {
    return submitted("word-count");
  }

  /** Submits a job of this type and returns its id. */
  public String submitted(String jobType) {
    return submit("{\"job_type\": \"%s\", \"input\": \"some words\"}".formatted(jobType))
        .field("job_id");
  }

  private static Entity<byte[]> json(String body) {
    return entity(body, "application/json");
  }

  private static Entity<byte[]> entity(String body, String contentType) {
    return Entity.entity(body.getBytes(StandardCharsets.UTF_8), contentType);
  }

  private Invocation.Builder request(String path, String... headers) {
    Invocation.Builder request =
        resources
            .client()
            .property(ClientProperties.SUPPRESS_HTTP_COMPLIANCE_VALIDATION, true)
            .target(resources.target("").getUri().resolve(path))
            .request();
    for (int i = 0; i < headers.length; i += 2) {
      request.header(headers[i], headers[i + 1]);
    }
    return request;
  }

  private static Answer answer(String method, String path, Response response) {
    try (response) {
      Answer answer =
          new Answer(
              response.getStatus(),
              HttpHeaders.of(response.getStringHeaders(), (name, value) -> true),
              response.readEntity(byte[].class));
      Contract.ofSs().check(answer.to(method, path));
      return answer;
    }
  }
}
