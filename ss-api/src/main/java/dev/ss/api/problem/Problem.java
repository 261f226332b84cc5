package dev.ss.api.problem;

import static dev.ss.api.problem.ProblemCode.BAD_REQUEST;
import static dev.ss.api.problem.ProblemCode.BODY_TOO_LARGE;
import static dev.ss.api.problem.ProblemCode.HEADERS_TOO_LARGE;
import static dev.ss.api.problem.ProblemCode.INTERNAL_ERROR;
import static dev.ss.api.problem.ProblemCode.METHOD_NOT_ALLOWED;
import static dev.ss.api.problem.ProblemCode.NOT_ACCEPTABLE;
import static dev.ss.api.problem.ProblemCode.NOT_FOUND;
import static dev.ss.api.problem.ProblemCode.UNAVAILABLE;
import static dev.ss.api.problem.ProblemCode.UNKNOWN_HOST;
import static dev.ss.api.problem.ProblemCode.UNSUPPORTED_MEDIA_TYPE;
import static dev.ss.api.problem.ProblemCode.URI_TOO_LONG;

import org.eclipse.jetty.http.HttpStatus;

/**
 * The JSON body of an error response.
 *
 * @param type always {@code about:blank}: {@code title} is the status's own phrase (RFC 9457,
 *     4.2.1)
 * @param code the wire name of a {@link ProblemCode}
 * @param detail what is wrong in this request and what would be right
 */
public record Problem(String type, String title, int status, String code, String detail) {
  /** The media type of a problem. */
  public static final String MEDIA_TYPE = "application/problem+json";

  /** The detail of a problem that is not the client's fault. */
  static final String DEFECT = "The server has failed because of a defect.";

  /** The detail of a refused request that a browser sent for another site. */
  static final String CROSS_SITE =
      "A browser sent this request for a page of another site; such a page may change nothing here.";

  /** The detail of a request whose sender is known and may not do this. */
  static final String FORBIDDEN = "The token does not allow this.";

  /** The detail of a request without a token. */
  public static final String UNAUTHORIZED =
      "Send a token: Authorization: Bearer TOKEN, or Basic with the token as the password.";

  private static final String MALFORMED = "The request is malformed.";
  private static final String REQUEST_TOO_LARGE =
      "The request line and the headers together may have at most 8 KiB.";

  static Problem of(ProblemCode code, String detail) {
    return of(code, code.status(), detail);
  }

  /**
   * The problem for a status that Jersey or Jetty chose. Its detail is fixed, because the messages
   * of Jersey and Jetty may quote the request.
   */
  static Problem ofStatus(int status) {
    return switch (status) {
      case 401 -> of(ProblemCode.UNAUTHORIZED, UNAUTHORIZED);
      case 403 -> of(ProblemCode.FORBIDDEN, FORBIDDEN);
      case 404 -> of(NOT_FOUND, "There is nothing at this path; docs/api.md lists the routes.");
      case 405 -> of(METHOD_NOT_ALLOWED, "This path has other methods; see the Allow header.");
      case 406 -> of(NOT_ACCEPTABLE, "This path has no answer of a type that Accept allows.");
      case 413 -> of(BODY_TOO_LARGE, "The body is larger than this server accepts.");
      case 414 -> of(URI_TOO_LONG, REQUEST_TOO_LARGE);
      case 415 -> of(UNSUPPORTED_MEDIA_TYPE, "Send JSON, with Content-Type: application/json.");
      case 421 ->
          of(
              UNKNOWN_HOST,
              "This server does not go by the name in the Host header; access.allowedHosts lists further names.");
      case 431 -> of(HEADERS_TOO_LARGE, REQUEST_TOO_LARGE);
      case 503 -> of(UNAVAILABLE, "The server is stopping or overloaded; try again.");
      case 501, 505 -> of(BAD_REQUEST, status, MALFORMED);
      default ->
          status >= 400 && status < 500
              ? of(BAD_REQUEST, status, MALFORMED)
              : of(INTERNAL_ERROR, status, DEFECT);
    };
  }

  private static Problem of(ProblemCode code, int status, String detail) {
    return new Problem(
        "about:blank", HttpStatus.getMessage(status), status, code.wireName(), detail);
  }
}
