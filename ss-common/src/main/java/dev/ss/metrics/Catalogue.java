package dev.ss.metrics;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Timer;
import dev.ss.metrics.bridge.FamilySpec;
import dev.ss.metrics.bridge.histogram.Buckets;

/** Every metric SS itself exports. A name, once released, is a contract. */
final class Catalogue {
  private static final Buckets RUNS =
      Buckets.ofSeconds(
          .01, .025, .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600, 1800, 3600);
  private static final Buckets END_TO_END =
      Buckets.ofSeconds(
          .05, .1, .25, .5, 1, 2.5, 5, 10, 30, 60, 300, 900, 1800, 3600, 10800, 28800, 86400);

  static final FamilySpec<Meter> HTTP_REQUESTS =
      FamilySpec.counter(
          "ss_http_requests_total", "HTTP requests answered, by route template and status code.");
  static final FamilySpec<Timer> HTTP_REQUEST_DURATION =
      FamilySpec.histogram(
          "ss_http_request_duration_seconds",
          Buckets.LATENCY,
          "Time from a request's arrival to the end of its response.");
  static final FamilySpec<Gauge<?>> HTTP_REQUESTS_IN_FLIGHT =
      FamilySpec.gauge("ss_http_requests_in_flight", "HTTP requests being answered now.");

  static final FamilySpec<Meter> JOBS =
      FamilySpec.counter(
          "ss_jobs_total", "Steps in jobs' lives, counted by the process that made them happen.");
  static final FamilySpec<Meter> JOB_REJECTIONS =
      FamilySpec.counter("ss_job_rejections_total", "Submissions refused, by reason.");
  static final FamilySpec<Meter> JOB_RUNS =
      FamilySpec.counter("ss_job_runs_total", "Attempts that ended, by how they ended.");
  static final FamilySpec<Timer> JOB_RUN_DURATION =
      FamilySpec.histogram(
          "ss_job_run_duration_seconds", RUNS, "How long attempts ran, failures included.");
  static final FamilySpec<Timer> JOB_QUEUE_WAIT =
      FamilySpec.histogram(
          "ss_job_queue_wait_seconds",
          RUNS,
          "Time from the moment a job was runnable to its start; deliberate delay and backoff are"
              + " not in it.");
  static final FamilySpec<Timer> JOB_END_TO_END =
      FamilySpec.histogram(
          "ss_job_end_to_end_seconds",
          END_TO_END,
          "Time from a job's submission, or its client's last retry, to its final state, by its"
              + " last attempt's outcome.");

  static final FamilySpec<Gauge<?>> WORKER_UP =
      FamilySpec.gauge("ss_worker_up", "1 while the worker takes jobs or finishes them.");
  static final FamilySpec<Gauge<?>> WORKER_INFLIGHT_JOBS =
      FamilySpec.gauge("ss_worker_inflight_jobs", "Jobs the worker is running now.");
  static final FamilySpec<Gauge<?>> WORKER_SLOTS =
      FamilySpec.gauge("ss_worker_slots", "Jobs the worker can run at once.");
  static final FamilySpec<Gauge<?>> WORKER_DRAINING =
      FamilySpec.gauge(
          "ss_worker_draining", "1 while the worker takes no more jobs because it is stopping.");
  static final FamilySpec<Gauge<?>> WORKER_BUSY_SECONDS =
      FamilySpec.readCounter(
          "ss_worker_busy_seconds_total",
          "Seconds of slots in use, running jobs included; divide its rate by the slots.");
  static final FamilySpec<Gauge<?>> WORKER_LAST_POLL =
      FamilySpec.gauge(
          "ss_worker_last_poll_timestamp_seconds",
          "When the worker last looked for jobs, in Unix time; 0 before the first time.");
  static final FamilySpec<Gauge<?>> WORKER_LAST_HEARTBEAT =
      FamilySpec.gauge(
          "ss_worker_last_heartbeat_timestamp_seconds",
          "When the worker last told the database that it lives, in Unix time; 0 before the first"
              + " time.");

  static final FamilySpec<Gauge<?>> BUILD_INFO =
      FamilySpec.gauge("ss_build_info", "What runs here; always 1.");

  private Catalogue() {}
}
