package dev.ss.api.problem;

import com.fasterxml.jackson.annotation.JsonPropertyOrder;
import org.eclipse.jetty.http.HttpStatus;

/**
 * The JSON body of an error response.
 *
 * @param type always {@code about:blank}: {@code title} is the status's own phrase (RFC 9457,
 *     4.2.1)
 * @param code the wire name of a {@link ProblemCode}
 * @param detail what is wrong in this request and what would be right
 */
@JsonPropertyOrder({"type", "title", "status", "code", "detail"})
public record Problem(String type, String title, int status, String code, String detail) {
  /** The media type of a problem. */
  public static final String MEDIA_TYPE = "application/problem+json";

  static Problem of(ProblemCode code, String detail) {
    return of(code, code.status(), detail);
  }

  /** A problem with another status than the code's own, as Jersey or Jetty may choose one. */
  static Problem of(ProblemCode code, int status, String detail) {
    return new Problem(
        "about:blank", HttpStatus.getMessage(status), status, code.wireName(), detail);
  }
}
