package dev.ss.access;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What the holder of a token may do. A route needs exactly one of these, or none. */
public enum Permission {
  /** Read the metrics. */
  SCRAPE,
  /** Read everything else: jobs, their outputs, workers, the status page. */
  READ,
  /** Submit jobs. */
  SUBMIT,
  /** Change what runs: cancel and retry jobs. */
  OPERATE;

  /** The name in the file of tokens and in messages: in lower case. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Optional<Permission> ofWireName(String name) {
    return Arrays.stream(values()).filter(one -> one.wireName().equals(name)).findFirst();
  }
}
