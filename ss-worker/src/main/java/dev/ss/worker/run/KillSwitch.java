package dev.ss.worker.run;

import dev.ss.job.ErrorCode;
import dev.ss.job.RunOutcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;

/** Ends a running attempt from outside. Only the first reason counts. */
public final class KillSwitch {
  /** Why an attempt is ended. */
  public enum Reason {
    CANCELLED(RunOutcome.CANCELLED, ErrorCode.CANCELLED),
    /** The worker is stopping, and its grace period has passed. */
    STOPPING(RunOutcome.INTERRUPTED, ErrorCode.INTERRUPTED),
    /** Another worker may already be running the job, so the command is killed without grace. */
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

    /**
     * How long the command may take to end by itself: {@code usual}, or nothing for a lost lease.
     */
    Duration grace(Duration usual) {
      return this == LEASE_LOST ? Duration.ZERO : usual;
    }
  }

  private final CompletableFuture<Reason> thrown = new CompletableFuture<>();

  /** Ends the attempt, if it is still running. */
  public void kill(Reason reason) {
    thrown.complete(reason);
  }

  /** Whether the attempt was told to end for this reason. */
  public boolean isThrown(Reason reason) {
    return thrown.getNow(null) == reason;
  }

  CompletableFuture<Reason> thrown() {
    return thrown;
  }
}
