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

  /** What somebody did to a job. */
  public enum Action {
    SUBMITTED("submitted"),
    CANCELLED("cancelled"),
    RETRIED("retried");

    private final String verb;

    Action(String verb) {
      this.verb = verb;
    }
  }

  /** What somebody did to a job type. */
  public enum TypeAction {
    PAUSED("paused"),
    RESUMED("resumed");

    private final String verb;

    TypeAction(String verb) {
      this.verb = verb;
    }
  }

  /** Logs that the caller did this to a configured job type. */
  @SuppressWarnings("try") // the entries are held, not used
  public void record(Caller caller, TypeAction action, String jobType) {
    if (caller.tokenName().isEmpty()) {
      return;
    }
    String token = caller.tokenName().get();
    try (MDC.MDCCloseable who = MDC.putCloseable("token", token);
        MDC.MDCCloseable what = MDC.putCloseable("action", action.verb)) {
      LOG.info("{} {} job type {}.", token, action.verb, jobType);
    }
  }

  /** Logs that the caller did this. */
  @SuppressWarnings("try") // the entries are held, not used
  public void record(Caller caller, Action action, Job job) {
    if (caller.tokenName().isEmpty()) {
      return;
    }
    String token = caller.tokenName().get();
    try (MDC.MDCCloseable who = MDC.putCloseable("token", token);
        MDC.MDCCloseable what = MDC.putCloseable("action", action.verb);
        MDC.MDCCloseable which = MDC.putCloseable("job_id", job.id().toString())) {
      LOG.info("{} {} job {} of type {}.", token, action.verb, job.id(), job.jobType());
    }
  }
}
