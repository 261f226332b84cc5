package dev.ss.testkit.play;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The answer to a request.
 *
 * @param status {@value #NONE} if there was no answer
 * @param from when the request was sent, in seconds of {@link dev.ss.testkit.place.Uptime}
 * @param to when the answer had arrived
 */
record Answer(int status, JsonNode body, double from, double to) {
  static final int NONE = 0;

  /** Whether the client cannot know if the request was carried out. */
  boolean isUnknown() {
    return status == NONE || status == 503;
  }
}
