package dev.ss.testkit.model;

import java.util.Locale;

/** A job's state as clients see it. */
public enum State {
  QUEUED,
  RUNNING,
  SUCCEEDED,
  FAILED,
  CANCELLED;

  /**
   * Returns the state with this name in JSON and in the database.
   *
   * @throws IllegalArgumentException if there is none
   */
  public static State named(String name) {
    return valueOf(name.toUpperCase(Locale.ROOT));
  }

  /** Returns the state's name in JSON and in the database. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns whether the job is over, unless a client retries it. */
  public boolean isFinal() {
    return this == SUCCEEDED || this == FAILED || this == CANCELLED;
  }
}
