package dev.ss.testkit.play;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What came back for a request.
 *
 * @param status {@value #NONE} if nothing came
 * @param from when it was sent, in seconds of {@link dev.ss.testkit.place.Uptime}
 * @param to when the answer was there
 */
record Answer(int status, JsonNode body, double from, double to) {
  static final int NONE = 0;

  /** Whether nobody can tell what became of the request. */
  boolean isUnknown() {
    return status == NONE || status == 503;
  }
}
