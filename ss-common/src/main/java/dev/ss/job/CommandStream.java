package dev.ss.job;

import java.util.Locale;

/** What a command writes to. */
public enum CommandStream {
  /** Its standard output: the job's result. */
  OUTPUT,
  /** Its standard error: what it says about its work. */
  LOG;

  /** The name in the database, in paths and in metrics. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
