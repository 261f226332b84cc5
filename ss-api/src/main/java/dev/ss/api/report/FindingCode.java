package dev.ss.api.report;

import java.util.Locale;

/** What the report can find. The names are a contract. What matters most comes first. */
public enum FindingCode {
  /** The database does not answer. */
  DATABASE_AWAY(Area.LIVENESS, Source.PROCESS, "The database is away", "SsDatabaseUnreachable"),
  /** Nobody has counted the queue for too long. */
  SNAPSHOT_STALE(
      Area.FLOW, Source.PROCESS, "The queue has not been counted lately", "SsQueueSnapshotStale"),
  /** The process has just started. */
  STARTING(Area.FLOW, Source.PROCESS, "The API has just started", "SsQueueSnapshotStale"),

  /** The database knows no worker. */
  NO_WORKER(Area.LIVENESS, Source.SNAPSHOT, "There is no worker", "SsNoWorker"),
  /** No worker has sent a heartbeat for a lease. */
  WORKERS_STALE(Area.LIVENESS, Source.SNAPSHOT, "All workers are silent", "SsNoWorker"),
  /** The workers that are left finish their jobs and take no more. */
  WORKERS_DRAINING(Area.LIVENESS, Source.SNAPSHOT, "All workers are stopping", "SsNoWorker"),

  /** No job of any type succeeds. */
  EVERYTHING_FAILING(Area.EXECUTION, Source.SNAPSHOT, "Every job fails", "SsJobFailureRatioHigh"),
  /** The newest jobs of a type have all failed. */
  JOB_TYPE_FAILING(
      Area.EXECUTION, Source.SNAPSHOT, "Every job of %s fails", "SsJobFailureRatioHigh"),
  /** The newest attempts of a type have all failed, and their jobs have attempts left. */
  JOB_TYPE_RETRYING(
      Area.EXECUTION,
      Source.SNAPSHOT,
      "Jobs of %s fail and wait for their next attempt",
      "SsJobFailureRatioHigh"),
  /** Some jobs of a type fail, and more than usual. */
  JOB_TYPE_FAILING_OFTEN(
      Area.EXECUTION, Source.SNAPSHOT, "Many jobs of %s fail", "SsJobFailureRatioHigh"),

  /** Jobs wait although they could run. */
  BACKLOG_STANDING(Area.FLOW, Source.SNAPSHOT, "Jobs of %s do not start", "SsBacklogNoProgress"),
  /** No live worker runs jobs of a type. */
  JOB_TYPE_UNSERVED(
      Area.LIVENESS, Source.SNAPSHOT, "No worker runs jobs of %s", "SsJobTypeUnserved"),
  /** Jobs of a type wait because somebody has paused it. */
  JOB_TYPE_PAUSED(
      Area.FLOW, Source.SNAPSHOT, "%s is paused, and its jobs wait", "SsOldestReadyJobTooOld"),
  /** A schedule is due, and no API makes its job. */
  SCHEDULE_LATE(Area.FLOW, Source.SNAPSHOT, "A schedule makes no jobs", "SsScheduleLate"),
  /** Submissions are refused because the queue is full. */
  QUEUE_FULL(Area.FLOW, Source.PROCESS, "The queue is full", "SsQueueNearLimit"),
  /** Requests end in 5xx. */
  REQUESTS_FAILING(Area.ACCESS, Source.PROCESS, "Requests fail", "SsErrorBudgetBurn"),

  /** A type has as many running jobs as it may have, and they run for long. */
  JOB_TYPE_AT_LIMIT(
      Area.FLOW,
      Source.SNAPSHOT,
      "Jobs of %s wait because of its maxRunning",
      "SsOldestReadyJobTooOld"),
  /** All slots have long jobs, and others wait. */
  SLOTS_BUSY(
      Area.FLOW, Source.SNAPSHOT, "All slots for %s are busy with long jobs", "SsWorkersSaturated"),
  /** The queue moves, but jobs wait too long. */
  BACKLOG_OLD(Area.FLOW, Source.SNAPSHOT, "Jobs of %s wait too long", "SsOldestReadyJobTooOld"),
  /** The queue is nearly full. */
  QUEUE_NEAR_LIMIT(Area.FLOW, Source.SNAPSHOT, "The queue is nearly full", "SsQueueNearLimit"),
  /** Some workers have sent no heartbeat for a lease; others are live. */
  WORKER_SILENT(Area.LIVENESS, Source.SNAPSHOT, "A worker is silent", "SsWorkerDown"),
  /** Threads wait for connections to the database. */
  POOL_EXHAUSTED(
      Area.ACCESS,
      Source.PROCESS,
      "Requests wait for a database connection",
      "SsDatabasePoolExhausted"),
  /** This machine's clock and the database's differ. */
  CLOCKS_APART(Area.LIVENESS, Source.PROCESS, "Clocks differ", "SsClockOff"),
  /** Clients send tokens that are not known, or not allowed to do what they ask. */
  TOKENS_REFUSED(
      Area.ACCESS, Source.PROCESS, "Clients are refused for their tokens", "SsClientsRefused"),
  /** Requests name hosts that are not allowed, or come from pages of other sites. */
  HOSTS_REFUSED(
      Area.ACCESS, Source.PROCESS, "Requests are refused for their host", "SsClientsRefused"),

  /** Schedules have missed runs lately. */
  SCHEDULE_MISSED(Area.FLOW, Source.SNAPSHOT, "A schedule has missed runs", "SsScheduleMissedRuns"),
  /** Jobs wait for slots, and start one after the other. */
  BACKLOG_MOVING(Area.FLOW, Source.SNAPSHOT, "Jobs of %s wait and start", "SsWorkersSaturated");

  private final Area area;
  private final Source source;
  private final String title;
  private final String runbook;

  FindingCode(Area area, Source source, String title, String runbook) {
    this.area = area;
    this.source = source;
    this.title = title;
    this.runbook = runbook;
  }

  /** Where the facts come from. */
  private enum Source {
    /** From the database, as it was read last. */
    SNAPSHOT,
    /** From this process. */
    PROCESS
  }

  /** The name in JSON and in the label {@code code}. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Area area() {
    return area;
  }

  /** A headline, with a place for the job type if the finding is about one. */
  String title() {
    return title;
  }

  /** The path of the runbook at this API. */
  public String runbook() {
    return "/runbooks/" + runbook + ".md";
  }

  /** Returns whether only a recent snapshot of the database can tell. */
  boolean needsSnapshot() {
    return source == Source.SNAPSHOT;
  }
}
