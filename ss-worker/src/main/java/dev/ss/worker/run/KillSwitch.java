package dev.ss.worker.run;

import dev.ss.job.ErrorCode;
import dev.ss.job.RunOutcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Ends a running attempt from outside. The first reason counts. */
public final class KillSwitch {
  /** Why an attempt is ended. */
  public enum Reason {
    CANCELLED(RunOutcome.CANCELLED, ErrorCode.CANCELLED),
    /** The worker stops, and its grace period is over. */
    STOPPING(RunOutcome.INTERRUPTED, ErrorCode.INTERRUPTED),
    /** Another worker may be running the job by now: there is no time for a graceful end. */
    LEASE_LOST(RunOutcome.LOST, ErrorCode.WORKER_LOST);

    private final RunOutcome outcome;
    private final ErrorCode errorCode;

    Reason(RunOutcome outcome, ErrorCode errorCode) {
      this.outcome = outcome;
      this.errorCode = errorCode;
    }

    RunOutcome outcome() {
      return outcome;
    }

    ErrorCode errorCode() {
      return errorCode;
    }

    /** How long the command has to end by itself, of the usual time. */
    Duration grace(Duration usual) {
      return this == LEASE_LOST ? Duration.ZERO : usual;
    }
  }

  private final CompletableFuture<Reason> thrown = new CompletableFuture<>();

  /** Ends the attempt, if it has not ended. */
  public void kill(Reason reason) {
    thrown.complete(reason);
  }

  /** Whether the attempt is ended for this reason. */
  public boolean isThrown(Reason reason) {
    return thrown.getNow(null) == reason;
  }

  CompletableFuture<Reason> thrown() {
    return thrown;
  }
}
