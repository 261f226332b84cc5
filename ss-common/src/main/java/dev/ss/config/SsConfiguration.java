package dev.ss.config;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ss.bridge.BridgeBundle;
import dev.ss.bridge.BridgeMetricsFactory;
import dev.ss.job.JobType;
import dev.ss.job.Schedule;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.validation.selfvalidating.SelfValidating;
import io.dropwizard.validation.selfvalidating.SelfValidation;
import io.dropwizard.validation.selfvalidating.ViolationCollector;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.eclipse.jetty.server.Server;

/**
 * The content of config.yml. An unknown key is an error, and the message names the key.
 *
 * <p>Dropwizard's own {@code server}, {@code admin} and {@code health} are errors too, not ignored:
 * {@code api} and {@code worker} configure the ports of the two processes.
 */
@JsonIgnoreProperties({"server", "admin", "health"})
@SelfValidating
public final class SsConfiguration extends Configuration {
  @Valid @NotNull private final ApiSection api;
  @Valid @NotNull private final WorkerSection worker;
  @Valid @NotNull private final AccessSection access;
  @Valid @NotNull private final DatabaseSection database;
  @Valid @NotNull private final RetrySection retry;
  @Valid @NotNull private final RetentionSection retention;

  @Valid
  @NotEmpty(message = "must have at least one job type, or there is nothing to submit")
  private final Map<
          @Pattern(
              regexp = "[a-z0-9][a-z0-9-]{0,62}",
              message = "must be a name of lower case letters, digits and hyphens, at most 63")
          String,
          @Valid @NotNull JobTypeSection>
      jobTypes;

  @Valid
  private final Map<
          @Pattern(
              regexp = "[a-z0-9][a-z0-9-]{0,62}",
              message = "must be a name of lower case letters, digits and hyphens, at most 63")
          String,
          @Valid @NotNull ScheduleSection>
      schedules;

  /** Replaces missing sections with their defaults. */
  public SsConfiguration(
      @JsonProperty("api") ApiSection api,
      @JsonProperty("worker") WorkerSection worker,
      @JsonProperty("access") AccessSection access,
      @JsonProperty("database") DatabaseSection database,
      @JsonProperty("retry") RetrySection retry,
      @JsonProperty("retention") RetentionSection retention,
      @JsonProperty("jobTypes") Map<String, JobTypeSection> jobTypes,
      @JsonProperty("schedules") Map<String, ScheduleSection> schedules) {
    setServerFactory(new Undecided());
    this.api = Optional.ofNullable(api).orElseGet(ApiSection::defaults);
    this.worker = Optional.ofNullable(worker).orElseGet(WorkerSection::defaults);
    this.access = Optional.ofNullable(access).orElseGet(AccessSection::defaults);
    this.database = Optional.ofNullable(database).orElseGet(DatabaseSection::defaults);
    this.retry = Optional.ofNullable(retry).orElseGet(RetrySection::defaults);
    this.retention = Optional.ofNullable(retention).orElseGet(RetentionSection::defaults);
    this.jobTypes = jobTypes == null ? Map.of() : new TreeMap<>(jobTypes);
    this.schedules = schedules == null ? Map.of() : new TreeMap<>(schedules);
  }

  /** Configures the API process. */
  public ApiSection api() {
    return api;
  }

  /** Configures a worker process. */
  public WorkerSection worker() {
    return worker;
  }

  /** Configures who may use the two processes. */
  public AccessSection access() {
    return access;
  }

  /** Configures the database. */
  public DatabaseSection database() {
    return database;
  }

  /** Configures the delay before a failed attempt is repeated. */
  public RetrySection retry() {
    return retry;
  }

  /** Configures how long final jobs are kept. */
  public RetentionSection retention() {
    return retention;
  }

  /** All job types, ordered by name. */
  public List<JobType> jobTypes() {
    return jobTypes.entrySet().stream()
        .map(entry -> entry.getValue().jobType(entry.getKey()))
        .toList();
  }

  /** All schedules, ordered by name. */
  public List<Schedule> schedules() {
    Map<String, JobType> types =
        jobTypes().stream().collect(Collectors.toMap(JobType::name, Function.identity()));
    return schedules.entrySet().stream()
        .map(
            entry ->
                entry
                    .getValue()
                    .schedule(
                        entry.getKey(),
                        Objects.requireNonNull(types.get(entry.getValue().jobType()))))
        .toList();
  }

  /** How long each job type may be without a success; without the types that have no limit. */
  public Map<String, Duration> maxTimesWithoutSuccess() {
    Map<String, Duration> limits = new TreeMap<>();
    jobTypes.forEach(
        (name, type) ->
            Optional.ofNullable(type.maxTimeWithoutSuccess())
                .ifPresent(limit -> limits.put(name, limit.toJavaDuration())));
    return limits;
  }

  /** The job types that this worker runs, ordered by name. */
  public List<JobType> offeredJobTypes() {
    List<String> offered = worker.jobTypes();
    return jobTypes().stream()
        .filter(type -> offered.isEmpty() || offered.contains(type.name()))
        .toList();
  }

  /**
   * Rejects names in {@code worker.jobTypes} that are not job types. A worker that waits for jobs
   * which no client can submit would only look idle.
   */
  @SelfValidation
  public void checkOffer(ViolationCollector violations) {
    worker.jobTypes().stream()
        .filter(name -> !jobTypes.containsKey(name))
        .forEach(
            name ->
                violations.addViolation(
                    "worker.jobTypes", "must be names of jobTypes, and %s is not".formatted(name)));
  }

  /** Rejects job types whose parameters do not belong to their commands. */
  @SelfValidation
  public void checkParameters(ViolationCollector violations) {
    jobTypes.forEach(
        (name, type) -> {
          if (type != null) {
            new ParameterChecks(name, type, violations).check();
          }
        });
  }

  /** Rejects schedules that could never make a job. */
  @SelfValidation
  public void checkSchedules(ViolationCollector violations) {
    schedules.forEach(
        (name, schedule) -> {
          if (schedule != null) {
            String key = "schedules[%s]".formatted(name);
            checkTimetable(key, schedule, violations);
            checkJobs(key, schedule, violations);
          }
        });
  }

  private static void checkTimetable(
      String key, ScheduleSection schedule, ViolationCollector violations) {
    try {
      schedule.zoneId();
    } catch (IllegalArgumentException e) {
      violations.addViolation(key + ".zone", String.valueOf(e.getMessage()));
      return;
    }
    try {
      if (schedule.cron() != null) {
        schedule.timetable();
      }
    } catch (IllegalArgumentException e) {
      violations.addViolation(
          key + ".cron",
          "must be a cron expression of five fields, as in \"0 2 * * *\". " + e.getMessage());
    }
  }

  private void checkJobs(String key, ScheduleSection schedule, ViolationCollector violations) {
    if (schedule.jobType() != null && !jobTypes.containsKey(schedule.jobType())) {
      violations.addViolation(
          key + ".jobType",
          "must be a name of jobTypes, and %s is not".formatted(schedule.jobType()));
    }
    JobTypeSection type = jobTypes.get(String.valueOf(schedule.jobType()));
    if (type != null
        && type.parameters().values().stream().anyMatch(ParameterSection::isRequired)) {
      violations.addViolation(
          key + ".jobType",
          "must be a job type whose parameters have defaults, because a schedule gives none");
    }
    if (schedule.inputBytes().length > api.maxInputSize().toBytes()) {
      violations.addViolation(key + ".input", "must not be larger than api.maxInputSize");
    }
  }

  /** Rejects an API without a port; a worker may go without. */
  @SelfValidation
  public void checkPort(ViolationCollector violations) {
    if (api.connector().getPort() == 0) {
      violations.addViolation("api.connector.port", "must be at least 1");
    }
  }

  /** Rejects a number of users that leaves some slots without one of their own. */
  @SelfValidation
  public void checkRunAs(ViolationCollector violations) {
    int users = worker.runAs().size();
    if (users > 1 && users < worker.slots()) {
      violations.addViolation(
          "worker.runAs",
          "must be one user, or at least as many as worker.slots (%d), and there are %d"
              .formatted(worker.slots(), users));
    }
  }

  /**
   * Rejects settings that would move {@code GET /metrics}. Scrapers expect it at the API's port and
   * at the worker's.
   */
  @SelfValidation
  public void checkMetricsPlace(ViolationCollector violations) {
    if (getMetricsFactory() instanceof BridgeMetricsFactory metrics) {
      if (!metrics.getConnector().equals("application")) {
        violations.addViolation(
            "metrics.connector",
            "must be left out: the API and the worker serve metrics at their own ports");
      }
      if (!metrics.getPath().equals(BridgeBundle.PATH)) {
        violations.addViolation("metrics.path", "must be left out: it is " + BridgeBundle.PATH);
      }
    }
  }

  /**
   * Sets what the {@code server} command serves. Each application calls this in its {@code run}.
   */
  public void serve(ServerFactory server) {
    setServerFactory(server);
  }

  /**
   * A placeholder until the application's {@code run} calls {@link SsConfiguration#serve}.
   * Dropwizard asks for a server factory before that.
   */
  private static final class Undecided implements ServerFactory {
    @Override
    public Server build(Environment environment) {
      throw new IllegalStateException("the application serves nothing");
    }

    @Override
    public void configure(Environment environment) {
      // There is no server yet.
    }
  }
}
