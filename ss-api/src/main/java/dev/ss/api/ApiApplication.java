package dev.ss.api;

import dev.ss.access.AccessControl;
import dev.ss.access.AccessMetrics;
import dev.ss.access.DenialReason;
import dev.ss.api.access.AuditLog;
import dev.ss.api.access.JobTypeAccess;
import dev.ss.api.access.RouteAccess;
import dev.ss.api.history.History;
import dev.ss.api.http.AnsweredRequests;
import dev.ss.api.http.AttemptsResource;
import dev.ss.api.http.ControlResource;
import dev.ss.api.http.HealthResource;
import dev.ss.api.http.HistoryResource;
import dev.ss.api.http.JobTypesResource;
import dev.ss.api.http.JobViews;
import dev.ss.api.http.JobsResource;
import dev.ss.api.http.OutputResource;
import dev.ss.api.http.ReportResource;
import dev.ss.api.http.RequestMetrics;
import dev.ss.api.http.Routes;
import dev.ss.api.http.SchedulesResource;
import dev.ss.api.http.StrictQuery;
import dev.ss.api.http.SubmitResource;
import dev.ss.api.http.SweepResource;
import dev.ss.api.http.Times;
import dev.ss.api.http.TraceLog;
import dev.ss.api.http.WaitResource;
import dev.ss.api.http.Waiters;
import dev.ss.api.http.WorkersResource;
import dev.ss.api.metrics.HttpMetrics;
import dev.ss.api.metrics.RejectionMetrics;
import dev.ss.api.metrics.RejectionReason;
import dev.ss.api.metrics.Route;
import dev.ss.api.page.OpenApiDocument;
import dev.ss.api.page.Runbooks;
import dev.ss.api.page.StatusPage;
import dev.ss.api.problem.ProblemMapper;
import dev.ss.api.report.Counts;
import dev.ss.api.report.ReportMetrics;
import dev.ss.api.report.Reporter;
import dev.ss.api.schedule.Scheduler;
import dev.ss.api.stream.Following;
import dev.ss.api.stream.StreamedResponses;
import dev.ss.api.stream.Streams;
import dev.ss.api.submit.QueueLimit;
import dev.ss.api.submit.SubmissionHandler;
import dev.ss.api.watch.QueueWatch;
import dev.ss.boot.DatabaseProbe;
import dev.ss.boot.RepeatedFailures;
import dev.ss.boot.ShutdownSequence;
import dev.ss.boot.SsApplication;
import dev.ss.bridge.BridgeBundle;
import dev.ss.config.ApiSection;
import dev.ss.config.SsConfiguration;
import dev.ss.job.JobType;
import dev.ss.metrics.JobMetrics;
import dev.ss.server.MemoryBudget;
import dev.ss.store.AttemptHistory;
import dev.ss.store.ConnectionPool;
import dev.ss.store.Database;
import dev.ss.store.DatabaseClock;
import dev.ss.store.JobControl;
import dev.ss.store.JobSweep;
import dev.ss.store.Jobs;
import dev.ss.store.Outputs;
import dev.ss.store.PausedTypes;
import dev.ss.store.Submissions;
import dev.ss.store.Uploads;
import dev.ss.store.Workers;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.errors.EofExceptionWriterInterceptor;
import io.dropwizard.jersey.setup.JerseyEnvironment;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Server;
import org.glassfish.jersey.server.ServerProperties;

/** The API process: accepts jobs over HTTP and reports their state and output. */
public class ApiApplication extends SsApplication {
  /** Database connections for transactions; further requests wait for one. */
  private static final int WRITERS = 8;

  /** The part of the heap for the parts of streams that are on their way to clients. */
  private static final int STREAMS_PART_OF_HEAP = 16;

  /** How often the API looks whether a command that is followed has written more. */
  private static final Duration FOLLOW_INTERVAL = Duration.ofMillis(250);

  /** How often the reporter looks at the counts, whether or not a client asks for a report. */
  private static final Duration REPORT_INTERVAL = Duration.ofSeconds(1);

  public ApiApplication() {
    super("ss-api");
  }

  /** Starts the process; the arguments are {@code server config.yml}. */
  public static void main(String[] arguments) throws Exception {
    new ApiApplication().runAsProcess(arguments);
  }

  @Override
  public final void run(SsConfiguration configuration, Environment environment) {
    AccessControl access =
        controlAccess(
            configuration, Optional.of(configuration.api().connector().getBindHost()), environment);
    JobMetrics jobMetrics =
        new JobMetrics(bridge().registry(), JobMetrics.OF_API, names(configuration));
    Database database = openDatabase(configuration, environment, WRITERS);
    DatabaseClock clock = clock(database, environment);
    Jobs jobs = new Jobs(database);
    JobTypeAccess jobTypes = new JobTypeAccess(jobs);
    AuditLog audit = new AuditLog();
    JobViews views = new JobViews(configuration.jobTypes());
    Waiters waiters = new Waiters(jobs, views, System::nanoTime);
    StreamedResponses streams =
        new StreamedResponses(MemoryBudget.partOfHeap(STREAMS_PART_OF_HEAP), FOLLOW_INTERVAL);
    RepeatedFailures failures = sum("A request", "requests", environment);
    DatabaseProbe probe = probe(database, environment);
    HealthResource health = new HealthResource(probe::failure);
    Workers workers = new Workers(database);
    BackgroundWork background =
        new BackgroundWork(configuration, bridge().registry(), database, clock);
    QueueLimit limit = background.queueLimit();
    RejectionMetrics rejections = new RejectionMetrics(bridge().registry(), names(configuration));
    SubmissionHandler submit =
        submit(configuration, new Submissions(database), limit, jobMetrics, rejections, clock);
    AnsweredRequests answered = new AnsweredRequests();
    Scheduler scheduler = background.scheduler(jobMetrics);
    Reporter reporter =
        background.reporter(
            scheduler, probe, counts(answered, access.metrics(), rejections, database));
    ReportMetrics.register(bridge().registry(), reporter);
    History history = background.history(answered);

    JerseyEnvironment jersey = settled(environment.jersey());
    jersey.register(
        new SubmitResource(
            submit,
            configuration.api().maxInputSize().toBytes(),
            configuration.api().maxBatchSize().toBytes(),
            audit,
            views));
    jersey.register(new JobsResource(jobs, views));
    Outputs outputs = new Outputs(database);
    Uploads uploads = new Uploads(database);
    jersey.register(
        new OutputResource(
            jobs,
            new Streams(outputs, uploads),
            new Following(outputs, Times::text, System::nanoTime)));
    jersey.register(new AttemptsResource(jobs, new AttemptHistory(database)));
    jersey.register(
        new ControlResource(new JobControl(database, clock), jobTypes, jobMetrics, audit, views));
    jersey.register(new SweepResource(new JobSweep(database, clock), jobMetrics, audit));
    jersey.register(new WaitResource(jobs, waiters, views, configuration.api().maxWait()));
    JobTypesResource types =
        new JobTypesResource(configuration.jobTypes(), new PausedTypes(database), audit, clock);
    jersey.register(types);
    jersey.register(new SchedulesResource(scheduler::statuses));
    jersey.register(new WorkersResource(workers, jobs, configuration.worker().lease(), clock));
    jersey.register(new ReportResource(reporter::report));
    jersey.register(new HistoryResource(history::steps));
    jersey.register(new OpenApiDocument());
    jersey.register(new Runbooks());
    jersey.register(health);
    if (configuration.api().statusPage()) {
      jersey.register(new StatusPage());
    }
    jersey.register(StrictQuery.class);
    jersey.register(TraceLog.class);
    jersey.register(EofExceptionWriterInterceptor.class);
    jersey.register(new RouteAccess(access.access(), access.metrics()));
    jersey.register(new ProblemMapper(failures, access.metrics()));

    registerProcess();
    environment.lifecycle().manage(waiters);
    QueueWatch queueWatch =
        background.queueWatch(
            limit,
            workers,
            stats -> {
              types.counted(stats);
              history.counted(stats);
              reporter.counted(stats);
            });
    schedule("queue-watch", background.interval(), queueWatch, environment);
    background
        .overdueWatch()
        .ifPresent(watch -> schedule("overdue-watch", background.interval(), watch, environment));
    schedule("report", REPORT_INTERVAL, reporter, environment);
    schedule("history", History.STEP, history, environment);
    schedule("scheduler", scheduler::pause, scheduler, environment);
    schedule("schedule-watch", background.interval(), scheduler::look, environment);
    ShutdownSequence.beforeStop(
        environment, () -> leave(configuration.api(), health, waiters, streams, submit, scheduler));
    configuration.serve(
        new ApiServer(
            configuration.api(),
            access,
            routes ->
                BodyHandlers.before(routes, access.access(), submit, uploads, configuration, clock),
            streams,
            countRequests(jersey).andThen(answered::install)));
  }

  private static Counts counts(
      AnsweredRequests answered,
      AccessMetrics denied,
      RejectionMetrics rejections,
      Database database) {
    return new Counts(
        answered::all,
        answered::failed,
        () -> rejections.count(RejectionReason.QUEUE_FULL),
        () -> denied.count(DenialReason.BAD_TOKEN) + denied.count(DenialReason.ROLE),
        () -> denied.count(DenialReason.HOST) + denied.count(DenialReason.CROSS_SITE),
        () -> database.pools().stream().mapToInt(ConnectionPool::waiting).sum());
  }

  private static JerseyEnvironment settled(JerseyEnvironment jersey) {
    jersey.enable(ServerProperties.WADL_FEATURE_DISABLE);
    // Keeps Location relative: behind a proxy, this process does not know the clients' scheme and
    // host.
    jersey.property(ServerProperties.LOCATION_HEADER_RELATIVE_URI_RESOLUTION_DISABLED, true);
    return jersey;
  }

  /**
   * Stops in this order: reports not ready to load balancers, answers waiting clients, refuses new
   * submissions and finishes those in progress, makes no more jobs of schedules, then waits for a
   * last scrape that shows them all.
   */
  private void leave(
      ApiSection section,
      HealthResource health,
      Waiters waiters,
      StreamedResponses streams,
      SubmissionHandler submit,
      Scheduler scheduler) {
    health.leave();
    ShutdownSequence.pause(section.shutdownDelay().toJavaDuration());
    waiters.release();
    streams.release();
    Duration lastScrapeWait = section.lastScrapeWait().toJavaDuration();
    submit.close(lastScrapeWait);
    scheduler.close(lastScrapeWait);
    awaitLastScrape(lastScrapeWait);
  }

  /**
   * Sets up the counting of requests. Benchmarks override this to measure what the counting costs.
   *
   * @return a consumer that is called with the server once the server has its handler
   */
  protected Consumer<Server> countRequests(JerseyEnvironment jersey) {
    Routes routes = new Routes();
    jersey.register(routes);
    RequestMetrics metrics =
        new RequestMetrics(
            new HttpMetrics(bridge().registry()),
            routes,
            Map.of(BridgeBundle.PATH, Route.ofTemplate(BridgeBundle.PATH)));
    return metrics::install;
  }

  private SubmissionHandler submit(
      SsConfiguration configuration,
      Submissions submissions,
      QueueLimit limit,
      JobMetrics metrics,
      RejectionMetrics rejections,
      Clock clock) {
    return new SubmissionHandler(
        submissions,
        limit,
        configuration.jobTypes().stream()
            .collect(Collectors.toMap(JobType::name, Function.identity())),
        configuration.api().maxInputSize().toBytes(),
        metrics,
        rejections,
        clock);
  }

  private static List<String> names(SsConfiguration configuration) {
    return configuration.jobTypes().stream().map(JobType::name).toList();
  }
}
