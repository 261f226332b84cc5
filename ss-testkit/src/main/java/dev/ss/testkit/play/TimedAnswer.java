package dev.ss.testkit.play;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.testkit.process.Uptime;

/**
 * The answer to a request, or that there was none, with its time.
 *
 * @param status {@value #NONE} if there was no answer
 * @param from when the request was sent, in seconds of {@link Uptime}
 * @param to when the answer had arrived
 */
record TimedAnswer(int status, JsonNode body, double from, double to) {
  static final int NONE = 0;

  /** Whether the client cannot know if the request was carried out. */
  boolean isUnknown() {
    return status == NONE || status == 503;
  }
}
