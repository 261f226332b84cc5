package dev.ss.testkit.contract;

import java.net.http.HttpHeaders;
import java.nio.charset.StandardCharsets;

/**
 * A request and its answer.
 *
 * @param target the path with its query, as the request has it
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Exchange(String method, String target, int status, HttpHeaders headers, byte[] body) {
  private static final int MAX_QUOTED = 300;

  /** Short, for the messages of failed assertions. */
  @Override
  public String toString() {
    String text = new String(body, StandardCharsets.UTF_8);
    return "%s %s → %d %s %s"
        .formatted(
            method,
            target,
            status,
            headers.firstValue("Content-Type").orElse("without a Content-Type"),
            text.length() > MAX_QUOTED ? text.substring(0, MAX_QUOTED) + "…" : text);
  }
}
