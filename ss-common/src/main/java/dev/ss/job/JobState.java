package dev.ss.job;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a job stands.
 *
 * <pre>
 * queued ──▶ running ──▶ succeeded | failed | cancelled
 *    ▲          │
 *    └──────────┘  an attempt failed with attempts left, was lost with its worker, or was interrupted
 * </pre>
 *
 * A queued job can be cancelled directly; a failed or cancelled one can be retried by its client,
 * which queues it again.
 */
public enum JobState {
  QUEUED,
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  /** Whether nothing but a client's retry changes this state any more. */
  public boolean isFinal() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }

  /** The name in JSON, in the database and in labels: lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The state with this {@link #wireName()}, or nothing. */
  public static Optional<JobState> ofWireName(String name) {
    return Arrays.stream(values()).filter(state -> state.wireName().equals(name)).findFirst();
  }
}
