package dev.ss.boot;

import dev.ss.job.Attempt;
import dev.ss.job.TraceParent;
import java.util.Optional;
import org.slf4j.MDC;

/**
 * Adds a job's id, and the id of the trace of the request that submitted it, to the lines that this
 * thread logs until the context is closed. JSON layouts show them as {@code job_id} and {@code
 * trace_id}.
 */
public final class LogContext implements AutoCloseable {
  private static final String JOB_ID = "job_id";
  private static final String TRACE_ID = "trace_id";

  private LogContext() {}

  /** Begins the context of an attempt. */
  public static LogContext of(Attempt attempt) {
    MDC.put(JOB_ID, attempt.jobId().toString());
    trace(attempt.traceParent());
    return new LogContext();
  }

  /** Sets the trace that the lines of this thread belong to from now on; empty for none. */
  public static void trace(Optional<TraceParent> trace) {
    trace.ifPresentOrElse(each -> MDC.put(TRACE_ID, each.traceId()), () -> MDC.remove(TRACE_ID));
  }

  @Override
  public void close() {
    MDC.remove(JOB_ID);
    MDC.remove(TRACE_ID);
  }
}
