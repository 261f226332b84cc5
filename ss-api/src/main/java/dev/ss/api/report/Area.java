package dev.ss.api.report;

import java.util.Locale;

/** What a finding is about. */
public enum Area {
  /** Does work move? */
  FLOW,
  /** Does it succeed? */
  EXECUTION,
  /** Who is there? */
  LIVENESS,
  /** Who is refused? */
  ACCESS;

  /** The name in JSON. */
  public String wireName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
