package dev.ss.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * The state of a job.
 *
 * <pre>
 * queued ──▶ running ──▶ succeeded | failed | cancelled
 *    ▲          │
 *    └──────────┘  an attempt failed or was lost and attempts are left, or it was interrupted
 * </pre>
 *
 * A client can cancel a queued job directly, and retry a failed or cancelled one, which queues it
 * again.
 */
public enum JobState {
  QUEUED,
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  /** Whether the job is over: only a client's retry can change this state. */
  public boolean isFinal() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }

  /** The name in JSON, in the database and in labels, in lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state with this {@link #wireName()}; empty if there is none. */
  public static Optional<JobState> ofWireName(String name) {
    return Arrays.stream(values()).filter(state -> state.wireName().equals(name)).findFirst();
  }
}
