package dev.ss.api.access;

import dev.ss.access.Caller;
import dev.ss.job.Job;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Logs who submitted, cancelled and retried which job, and who paused and resumed which job type,
 * to the logger {@code dev.ss.audit}. A line has the token's name, the action, the job's id and its
 * type, never what the job is about. The first three are also in the MDC, where JSON layouts find
 * them. Without tokens nobody is known, and nothing is logged.
 */
public final class AuditLog {
  /** The name of the logger, for the section {@code logging}. */
  public static final String LOGGER = "dev.ss.audit";

  private static final Logger LOG = LoggerFactory.getLogger(LOGGER);

  /** What a caller did. */
  public enum Action {
    SUBMITTED("submitted"),
    CANCELLED("cancelled"),
    RETRIED("retried"),
    PAUSED("paused"),
    RESUMED("resumed");

    private final String verb;

    Action(String verb) {
      this.verb = verb;
    }
  }

  /** Logs that the caller did this to a configured job type. */
  public void record(Caller caller, Action action, String jobType) {
    caller.tokenName().ifPresent(token -> log(token, action, "job type " + jobType));
  }

  /** Logs that the caller did this to a job. */
  public void record(Caller caller, Action action, Job job) {
    caller.tokenName().ifPresent(token -> log(token, action, job));
  }

  /** Logs that the caller did this to a number of jobs with one request. */
  public void record(Caller caller, Action action, int jobs) {
    caller.tokenName().ifPresent(token -> log(token, action, jobs == 1 ? "1 job" : jobs + " jobs"));
  }

  @SuppressWarnings("try") // the entry is held, not used
  private static void log(String token, Action action, Job job) {
    try (MDC.MDCCloseable which = MDC.putCloseable("job_id", job.id().toString())) {
      log(token, action, "job %s of type %s".formatted(job.id(), job.jobType()));
    }
  }

  @SuppressWarnings("try") // the entries are held, not used
  private static void log(String token, Action action, String what) {
    try (MDC.MDCCloseable who = MDC.putCloseable("token", token);
        MDC.MDCCloseable did = MDC.putCloseable("action", action.verb)) {
      LOG.info("{} {} {}.", token, action.verb, what);
    }
  }
}
