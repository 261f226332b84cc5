package dev.ss.metrics;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Metric;
import dev.ss.bridge.BucketTimer;
import dev.ss.bridge.Buckets;
import dev.ss.bridge.FamilySpec;
import dev.ss.bridge.OwnFamilies;
import dev.ss.metrics.CatalogueEntry.Across;
import dev.ss.metrics.CatalogueEntry.From;
import java.util.List;
import java.util.stream.Stream;

/**
 * All metrics of SS. A metric's name is a contract once it is released. docs/metrics.md is
 * generated from this class.
 *
 * <p>A new metric needs a constant here, a place in {@link #all}, and a class that records it: in
 * the {@code metrics} package of the process that counts it, or beside this class if both do.
 */
public final class Catalogue {
  /** The value of {@code job_type} for jobs of types that are not configured. */
  public static final String OTHER_JOB_TYPE = "_other";

  /** From 1 ms to the longest wait of a request, no bound more than twice the one before it. */
  private static final Buckets REQUESTS =
      Buckets.ofSeconds(
          .001, .002, .004, .008, .016, .032, .064, .125, .25, .5, 1, 2, 4, 8, 16, 32, 64);

  /** From 10 ms to a day, no bound more than twice the one before it. */
  private static final Buckets LIFECYCLE =
      Buckets.ofSeconds(
          .01, .02, .04, .08, .16, .32, .64, 1.28, 2.5, 5, 10, 15, 30, 60, 120, 240, 480, 900, 1800,
          3600, 7200, 14400, 28800, 57600, 86400);

  private static final Buckets BYTES = Buckets.ofUnits(1 << 10, 1 << 14, 1 << 18, 1 << 22, 1 << 26);
  private static final Buckets MEMORY =
      Buckets.ofUnits(
          1L << 20, 1L << 22, 1L << 24, 1L << 26, 1L << 28, 1L << 30, 1L << 32, 1L << 34, 1L << 36);

  // ── HTTP ───────────────────────────────────────────────────────────────────────────────────

  public static final CatalogueEntry<Meter> HTTP_REQUESTS =
      new CatalogueEntry<>(
          FamilySpec.counter(
              "ss_http_requests_total",
              "HTTP requests answered, by route template and status code."),
          List.of("method", "route", "status_code"),
          From.API,
          Across.SUM,
          "sum(rate(ss_http_requests_total[5m])) by (route)");
  public static final CatalogueEntry<BucketTimer> HTTP_REQUEST_DURATION =
      new CatalogueEntry<>(
          FamilySpec.histogram(
              "ss_http_request_duration_seconds",
              REQUESTS,
              HTTP_REQUESTS.spec(),
              "Time from a request's arrival to the end of its response."),
          List.of("method", "route", "status_code"),
          From.API,
          Across.SUM,
          "histogram_quantile(0.95,"
              + " sum(rate(ss_http_request_duration_seconds_bucket[5m])) by (le, route)) >= 0");
  public static final CatalogueEntry<Gauge<?>> HTTP_REQUESTS_IN_FLIGHT =
      new CatalogueEntry<>(
          FamilySpec.gauge("ss_http_requests_in_flight", "HTTP requests being answered now."),
          List.of(),
          From.API,
          Across.SUM,
          "sum(ss_http_requests_in_flight)");

  public static final CatalogueEntry<Meter> ACCESS_DENIED =
      new CatalogueEntry<>(
          FamilySpec.counter(
              "ss_access_denied_total",
              "Requests refused because of who sent them or which host they named, by reason."),
          List.of("reason"),
          From.BOTH,
          Across.SUM,
          "sum(rate(ss_access_denied_total[5m])) by (reason)");

  // ── Jobs ───────────────────────────────────────────────────────────────────────────────────

  public static final CatalogueEntry<Meter> JOBS =
      new CatalogueEntry<>(
          FamilySpec.counter(
              "ss_jobs_total",
              "Steps in jobs' lives, counted by the process that made them happen."),
          List.of("event", "job_type"),
          From.BOTH,
          Across.SUM,
          "sum(rate(ss_jobs_total[5m])) by (event)");
  public static final CatalogueEntry<Meter> JOB_REJECTIONS =
      new CatalogueEntry<>(
          FamilySpec.counter(
              "ss_job_rejections_total",
              "Submissions refused, by reason; job_type is _other if it is unknown."),
          List.of("reason", "job_type"),
          From.API,
          Across.SUM,
          "sum(rate(ss_job_rejections_total[5m])) by (reason)");
  public static final CatalogueEntry<Meter> JOB_RUNS =
      new CatalogueEntry<>(
          FamilySpec.counter("ss_job_runs_total", "Attempts that ended, by how they ended."),
          List.of("job_type", "outcome"),
          From.WORKER,
          Across.SUM,
          "sum(rate(ss_job_runs_total{outcome!=\"succeeded\"}[5m])) by (job_type)"
              + " / (sum(rate(ss_job_runs_total[5m])) by (job_type) > 0)");
  public static final CatalogueEntry<BucketTimer> JOB_RUN_DURATION =
      new CatalogueEntry<>(
          FamilySpec.histogram(
              "ss_job_run_duration_seconds",
              LIFECYCLE,
              JOB_RUNS.spec(),
              "How long attempts ran, failures included."),
          List.of("job_type", "outcome"),
          From.WORKER,
          Across.SUM,
          "histogram_quantile(0.95,"
              + " sum(rate(ss_job_run_duration_seconds_bucket[5m])) by (le, job_type)) >= 0");
  public static final CatalogueEntry<BucketTimer> JOB_QUEUE_WAIT =
      new CatalogueEntry<>(
          FamilySpec.histogram(
              "ss_job_queue_wait_seconds",
              LIFECYCLE,
              "Time from the moment a job was runnable to its start; deliberate delay and backoff"
                  + " are not in it."),
          List.of("job_type"),
          From.WORKER,
          Across.SUM,
          "histogram_quantile(0.95,"
              + " sum(rate(ss_job_queue_wait_seconds_bucket[5m])) by (le, job_type)) >= 0");
  public static final CatalogueEntry<BucketTimer> JOB_END_TO_END =
      new CatalogueEntry<>(
          FamilySpec.histogram(
              "ss_job_end_to_end_seconds",
              LIFECYCLE,
              "Time from when a job was due, as its client submitted or last retried it, to its"
                  + " final state, by its last attempt's outcome."),
          List.of("job_type", "outcome"),
          From.WORKER,
          Across.SUM,
          "histogram_quantile(0.95,"
              + " sum(rate(ss_job_end_to_end_seconds_bucket[5m])) by (le, job_type)) >= 0");
  public static final CatalogueEntry<Meter> JOB_OBJECTIVE =
      new CatalogueEntry<>(
          FamilySpec.counter(
              "ss_job_objective_total",
              "Attempts (start) and final jobs (end, success) of types with that objective, by"
                  + " whether they met it."),
          List.of("job_type", "objective", "met"),
          From.WORKER,
          Across.SUM,
          "sum(rate(ss_job_objective_total{met=\"true\"}[1h])) by (job_type, objective)"
              + " / (sum(rate(ss_job_objective_total[1h])) by (job_type, objective) > 0)");
  public static final CatalogueEntry<Gauge<?>> JOB_OBJECTIVE_TARGET =
      new CatalogueEntry<>(
          FamilySpec.gauge(
              "ss_job_objective_target_ratio",
              "The part of the attempts or jobs that must meet the objective."),
          List.of("job_type", "objective"),
          From.BOTH,
          Across.MAX,
          "max(ss_job_objective_target_ratio) by (job_type, objective)");
  public static final CatalogueEntry<Gauge<?>> JOB_OBJECTIVE_OVERDUE =
      new CatalogueEntry<>(
          FamilySpec.gauge(
              "ss_job_objective_overdue_jobs",
              "Unfinished jobs that have missed the objective already; they are counted in"
                  + " ss_job_objective_total once they start or end."),
          List.of("job_type", "objective"),
          From.API,
          Across.MAX,
          "max(ss_job_objective_overdue_jobs) by (job_type, objective)");
  public static final CatalogueEntry<Gauge<?>> JOB_RUN_CPU =
      new CatalogueEntry<>(
          FamilySpec.readCounter(
              "ss_job_run_cpu_seconds_total",
              "Processor time that attempts used; a lower bound for those without a cgroup."),
          List.of("job_type", "mode"),
          From.WORKER,
          Across.SUM,
          "sum(rate(ss_job_run_cpu_seconds_total[5m])) by (job_type)");
  public static final CatalogueEntry<Histogram> JOB_RUN_PEAK_MEMORY =
      new CatalogueEntry<>(
          FamilySpec.sizes(
              "ss_job_run_peak_memory_bytes",
              MEMORY,
              "The most memory that an attempt had at one time, where it is known; a lower bound"
                  + " without a cgroup."),
          List.of("job_type"),
          From.WORKER,
          Across.SUM,
          "histogram_quantile(0.95,"
              + " sum(rate(ss_job_run_peak_memory_bytes_bucket[1h])) by (le, job_type)) >= 0");
  public static final CatalogueEntry<Histogram> JOB_INPUT_BYTES =
      new CatalogueEntry<>(
          FamilySpec.sizes("ss_job_input_bytes", BYTES, "Sizes of the inputs of attempts."),
          List.of("job_type"),
          From.WORKER,
          Across.SUM,
          "sum(rate(ss_job_input_bytes_sum[5m])) by (job_type)");
  public static final CatalogueEntry<Histogram> JOB_OUTPUT_BYTES =
      new CatalogueEntry<>(
          FamilySpec.sizes(
              "ss_job_output_bytes",
              BYTES,
              "How much attempts wrote to their standard output and, as stream log, to their"
                  + " standard error, kept or not."),
          List.of("job_type", "stream"),
          From.WORKER,
          Across.SUM,
          "sum(rate(ss_job_output_bytes_sum[5m])) by (job_type, stream)");
  public static final CatalogueEntry<Meter> JOB_OUTPUT_TRUNCATED =
      new CatalogueEntry<>(
          FamilySpec.counter(
              "ss_job_output_truncated_total",
              "Streams of attempts of which only a part was kept (worker.maxOutputSize)."),
          List.of("job_type", "stream"),
          From.WORKER,
          Across.SUM,
          "sum(increase(ss_job_output_truncated_total[1h])) by (job_type, stream) > 0");
  public static final CatalogueEntry<Gauge<?>> JOBS_DELETED =
      new CatalogueEntry<>(
          FamilySpec.readCounter(
              "ss_jobs_deleted_total", "Final jobs deleted because their retention was over."),
          List.of(),
          From.WORKER,
          Across.SUM,
          "sum(increase(ss_jobs_deleted_total[1h]))");

  // ── Queue and workers, from the database ───────────────────────────────────────────────────

  public static final CatalogueEntry<Gauge<?>> QUEUE_JOBS =
      new CatalogueEntry<>(
          FamilySpec.gauge("ss_queue_jobs", "Unfinished jobs."),
          List.of("job_type", "state"),
          From.API,
          Across.MAX,
          "max(ss_queue_jobs{state=\"ready\"}) by (job_type)");
  public static final CatalogueEntry<Gauge<?>> QUEUE_LIMIT =
      new CatalogueEntry<>(
          FamilySpec.gauge(
              "ss_queue_limit_jobs",
              "Scheduled and ready jobs past which submissions are refused; +Inf for no limit."),
          List.of(),
          From.API,
          Across.MAX,
          "sum(max(ss_queue_jobs{state!=\"running\"}) by (job_type, state))"
              + " / max(ss_queue_limit_jobs)");
  public static final CatalogueEntry<Gauge<?>> QUEUE_OLDEST_READY =
      new CatalogueEntry<>(
          FamilySpec.gauge(
              "ss_queue_oldest_ready_age_seconds",
              "How long the job that has waited longest for a slot has waited; 0 if none waits."),
          List.of("job_type"),
          From.API,
          Across.MAX,
          "max(ss_queue_oldest_ready_age_seconds) by (job_type)");
  public static final CatalogueEntry<Gauge<?>> QUEUE_OLDEST_RUNNING =
      new CatalogueEntry<>(
          FamilySpec.gauge(
              "ss_queue_oldest_running_age_seconds",
              "How long the attempt that has run longest has run; 0 if none runs."),
          List.of("job_type"),
          From.API,
          Across.MAX,
          "max(ss_queue_oldest_running_age_seconds) by (job_type)");
  public static final CatalogueEntry<Gauge<?>> JOB_TYPE_LIVE_WORKERS =
      new CatalogueEntry<>(
          FamilySpec.gauge("ss_job_type_live_workers", "Live workers that run jobs of the type."),
          List.of("job_type"),
          From.API,
          Across.MAX,
          "max(ss_job_type_live_workers) by (job_type) == 0");
  public static final CatalogueEntry<Gauge<?>> JOB_TYPE_RUNNING_LIMIT =
      new CatalogueEntry<>(
          FamilySpec.gauge(
              "ss_job_type_running_limit",
              "How many jobs of the type may run at once (maxRunning); +Inf for no limit."),
          List.of("job_type"),
          From.API,
          Across.MAX,
          "max(ss_queue_jobs{state=\"running\"}) by (job_type)"
              + " / max(ss_job_type_running_limit) by (job_type)");
  public static final CatalogueEntry<Gauge<?>> JOB_LAST_SUCCESS =
      new CatalogueEntry<>(
          FamilySpec.gauge(
              "ss_job_last_success_timestamp_seconds",
              "When a job of the type last succeeded, in Unix time; absent if none ever has."),
          List.of("job_type"),
          From.API,
          Across.MAX,
          "time() - max(ss_job_last_success_timestamp_seconds) by (job_type)");
  public static final CatalogueEntry<Gauge<?>> JOB_TYPE_SUCCESS_INTERVAL_LIMIT =
      new CatalogueEntry<>(
          FamilySpec.gauge(
              "ss_job_type_success_interval_limit_seconds",
              "How long the type may be without a success (maxTimeWithoutSuccess); absent for no"
                  + " limit."),
          List.of("job_type"),
          From.API,
          Across.MAX,
          "(time() - max(ss_job_last_success_timestamp_seconds) by (job_type))"
              + " / max(ss_job_type_success_interval_limit_seconds) by (job_type)");
  public static final CatalogueEntry<Gauge<?>> JOB_TYPE_PAUSED =
      new CatalogueEntry<>(
          FamilySpec.gauge(
              "ss_job_type_paused", "1 while jobs of the type wait until somebody resumes it."),
          List.of("job_type"),
          From.API,
          Across.MAX,
          "max(ss_job_type_paused) by (job_type) == 1");
  public static final CatalogueEntry<Gauge<?>> WORKERS =
      new CatalogueEntry<>(
          FamilySpec.gauge("ss_workers", "Workers that have been heard of."),
          List.of("state"),
          From.API,
          Across.MAX,
          "max(ss_workers{state=\"live\"})");

  public static final CatalogueEntry<Gauge<?>> REPORT_FINDINGS =
      new CatalogueEntry<>(
          FamilySpec.gauge(
              "ss_report_findings",
              "1 while GET /v1/report has a finding of the code; absent while it cannot tell."),
          List.of("code"),
          From.API,
          Across.MAX,
          "max(ss_report_findings) by (code) == 1");

  // ── One worker ─────────────────────────────────────────────────────────────────────────────

  public static final CatalogueEntry<Gauge<?>> WORKER_UP =
      new CatalogueEntry<>(
          FamilySpec.gauge("ss_worker_up", "1 while the worker takes jobs or finishes them."),
          List.of("worker_id"),
          From.WORKER,
          Across.SUM,
          "sum(ss_worker_up) or vector(0)");
  public static final CatalogueEntry<Gauge<?>> WORKER_INFLIGHT_JOBS =
      new CatalogueEntry<>(
          FamilySpec.gauge("ss_worker_inflight_jobs", "Jobs the worker is running now."),
          List.of("worker_id"),
          From.WORKER,
          Across.SUM,
          "sum(ss_worker_inflight_jobs)");
  public static final CatalogueEntry<Gauge<?>> WORKER_SLOTS =
      new CatalogueEntry<>(
          FamilySpec.gauge("ss_worker_slots", "Jobs the worker can run at once."),
          List.of("worker_id"),
          From.WORKER,
          Across.SUM,
          "sum(ss_worker_slots)");
  public static final CatalogueEntry<Gauge<?>> WORKER_DRAINING =
      new CatalogueEntry<>(
          FamilySpec.gauge(
              "ss_worker_draining",
              "1 while the worker takes no more jobs because it is stopping."),
          List.of("worker_id"),
          From.WORKER,
          Across.SUM,
          "sum(ss_worker_draining)");
  public static final CatalogueEntry<Gauge<?>> WORKER_BUSY_SECONDS =
      new CatalogueEntry<>(
          FamilySpec.readCounter(
              "ss_worker_busy_seconds_total",
              "Seconds of slots in use, running jobs included; divide its rate by the slots."),
          List.of("worker_id"),
          From.WORKER,
          Across.SUM,
          "sum(rate(ss_worker_busy_seconds_total[5m])) / sum(ss_worker_slots)");
  public static final CatalogueEntry<Gauge<?>> WORKER_LAST_POLL =
      new CatalogueEntry<>(
          FamilySpec.gauge(
              "ss_worker_last_poll_timestamp_seconds",
              "When the worker last looked for jobs, as it does while it has a free slot, in Unix"
                  + " time; 0 before the first time."),
          List.of("worker_id"),
          From.WORKER,
          Across.NONE,
          "time() - ss_worker_last_poll_timestamp_seconds");
  public static final CatalogueEntry<Gauge<?>> WORKER_LAST_HEARTBEAT =
      new CatalogueEntry<>(
          FamilySpec.gauge(
              "ss_worker_last_heartbeat_timestamp_seconds",
              "When the worker last told the database that it lives, in Unix time; 0 before the"
                  + " first time."),
          List.of("worker_id"),
          From.WORKER,
          Across.NONE,
          "time() - ss_worker_last_heartbeat_timestamp_seconds");

  // ── The process ────────────────────────────────────────────────────────────────────────────

  public static final CatalogueEntry<Gauge<?>> BUILD_INFO =
      new CatalogueEntry<>(
          FamilySpec.gauge("ss_build_info", "What runs here; always 1."),
          List.of("version", "revision", "java"),
          From.BOTH,
          Across.NONE,
          "count(ss_build_info) by (version, revision)");

  public static final CatalogueEntry<Gauge<?>> DATABASE_CLOCK_OFFSET =
      new CatalogueEntry<>(
          FamilySpec.gauge(
              "ss_database_clock_offset_seconds",
              "The database's time less this machine's; absent while it is not known. Jobs go by"
                  + " the database's."),
          List.of(),
          From.BOTH,
          Across.NONE,
          "abs(ss_database_clock_offset_seconds) > 1");

  public static final CatalogueEntry<Gauge<?>> DB_POOL_CONNECTIONS =
      new CatalogueEntry<>(
          FamilySpec.gauge(
              "ss_db_pool_connections",
              "Connections to the database; state max is how many a pool may open."),
          List.of("pool", "state"),
          From.BOTH,
          Across.SUM,
          "sum(ss_db_pool_connections) by (job, pool, state)");
  public static final CatalogueEntry<Gauge<?>> DB_POOL_WAITING =
      new CatalogueEntry<>(
          FamilySpec.gauge("ss_db_pool_waiting", "Threads that wait for a connection."),
          List.of("pool"),
          From.BOTH,
          Across.SUM,
          "sum(ss_db_pool_waiting) by (job, pool)");
  public static final CatalogueEntry<Gauge<?>> LOG_EVENTS =
      new CatalogueEntry<>(
          FamilySpec.readCounter("ss_log_events_total", "Lines logged, by level."),
          List.of("level"),
          From.BOTH,
          Across.SUM,
          "sum(rate(ss_log_events_total{level=~\"warn|error\"}[5m])) by (job, level)");

  /** Metrics that the bridge itself exports. */
  private static final List<CatalogueEntry<? extends Metric>> OF_THE_BRIDGE =
      List.of(
          new CatalogueEntry<>(
              OwnFamilies.STANDARD.collectorSuccess(),
              List.of("collector"),
              From.BOTH,
              Across.NONE,
              "metrics_bridge_collector_success == 0"),
          new CatalogueEntry<>(
              OwnFamilies.STANDARD.collectorDuration(),
              List.of("collector"),
              From.BOTH,
              Across.NONE,
              "max(metrics_bridge_collector_duration_seconds) by (collector)"),
          new CatalogueEntry<>(
              OwnFamilies.STANDARD.collectorLastSuccess(),
              List.of("collector"),
              From.BOTH,
              Across.NONE,
              "time() -"
                  + " metrics_bridge_collector_last_success_timestamp_seconds{collector=\"queue\"}"),
          new CatalogueEntry<>(
              OwnFamilies.STANDARD.overflow(),
              List.of("metric"),
              From.BOTH,
              Across.SUM,
              "sum(increase(metrics_bridge_overflow_total[1h])) by (metric)"),
          new CatalogueEntry<>(
              OwnFamilies.STANDARD.dropped(),
              List.of("metric"),
              From.BOTH,
              Across.SUM,
              "sum(increase(metrics_bridge_dropped_total[1h])) by (metric)"));

  private static final List<CatalogueEntry<? extends Metric>> OWN =
      List.of(
          HTTP_REQUESTS,
          HTTP_REQUEST_DURATION,
          HTTP_REQUESTS_IN_FLIGHT,
          ACCESS_DENIED,
          JOBS,
          JOB_REJECTIONS,
          JOB_RUNS,
          JOB_RUN_DURATION,
          JOB_QUEUE_WAIT,
          JOB_END_TO_END,
          JOB_OBJECTIVE,
          JOB_OBJECTIVE_TARGET,
          JOB_OBJECTIVE_OVERDUE,
          JOB_RUN_CPU,
          JOB_RUN_PEAK_MEMORY,
          JOB_INPUT_BYTES,
          JOB_OUTPUT_BYTES,
          JOB_OUTPUT_TRUNCATED,
          JOBS_DELETED,
          QUEUE_JOBS,
          QUEUE_LIMIT,
          QUEUE_OLDEST_READY,
          QUEUE_OLDEST_RUNNING,
          JOB_TYPE_LIVE_WORKERS,
          JOB_TYPE_RUNNING_LIMIT,
          JOB_TYPE_PAUSED,
          JOB_LAST_SUCCESS,
          JOB_TYPE_SUCCESS_INTERVAL_LIMIT,
          WORKERS,
          REPORT_FINDINGS,
          WORKER_UP,
          WORKER_INFLIGHT_JOBS,
          WORKER_SLOTS,
          WORKER_DRAINING,
          WORKER_BUSY_SECONDS,
          WORKER_LAST_POLL,
          WORKER_LAST_HEARTBEAT,
          BUILD_INFO,
          DATABASE_CLOCK_OFFSET,
          DB_POOL_CONNECTIONS,
          DB_POOL_WAITING,
          LOG_EVENTS);

  private Catalogue() {}

  /** Returns all metrics in the order in which docs/metrics.md lists them. */
  public static List<CatalogueEntry<? extends Metric>> all() {
    return Stream.concat(OWN.stream(), OF_THE_BRIDGE.stream()).toList();
  }
}
