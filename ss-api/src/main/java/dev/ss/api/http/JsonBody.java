package dev.ss.api.http;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.submit.SubmissionHandler;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

/** Takes in the body of a submission, if it is declared as JSON and not too large. */
final class JsonBody {
  private final SubmissionHandler submit;

  /** What is refused is refused there. */
  JsonBody(SubmissionHandler submit) {
    this.submit = submit;
  }

  /**
   * The body's bytes.
   *
   * @param most how many there may be
   */
  byte[] read(HttpHeaders headers, InputStream body, long most) {
    requireJson(headers.getMediaType());
    return read(body, declaredLength(headers), most);
  }

  private void requireJson(MediaType type) {
    boolean json = type != null && isJson(type);
    if (!json || !charset(type).equals("utf-8")) {
      throw submit.refuse(
          ProblemCode.UNSUPPORTED_MEDIA_TYPE,
          "Send JSON in UTF-8, with Content-Type: application/json.");
    }
  }

  /** Not isCompatible: a body cannot be of type {@code *}{@code /*}. */
  private static boolean isJson(MediaType type) {
    return type.getType().equalsIgnoreCase("application")
        && type.getSubtype().equalsIgnoreCase("json");
  }

  private static String charset(MediaType type) {
    return type.getParameters()
        .getOrDefault(MediaType.CHARSET_PARAMETER, "utf-8")
        .toLowerCase(Locale.ROOT);
  }

  /** Reads no more than one byte too much, whatever the client declares or sends. */
  private byte[] read(InputStream body, long declaredLength, long most) {
    byte[] bytes = declaredLength > most ? new byte[0] : read(body, Math.toIntExact(most + 1));
    if (declaredLength > most || bytes.length > most) {
      throw submit.refuse(
          ProblemCode.BODY_TOO_LARGE, "The body is larger than %d bytes.".formatted(most));
    }
    return bytes;
  }

  private byte[] read(InputStream body, int most) {
    try {
      return body.readNBytes(most);
    } catch (IOException | RuntimeException e) { // the latter for gzip that cannot be unpacked
      throw submit.refuse(
          ProblemCode.INVALID_JSON, "The body ended early or is not encoded as its headers say.");
    }
  }

  /** Jetty has checked that it is a number, but Jersey's getLength fails beyond an int. */
  private static long declaredLength(HttpHeaders headers) {
    return Optional.ofNullable(headers.getHeaderString(HttpHeaders.CONTENT_LENGTH))
        .map(Long::parseLong)
        .orElse(-1L);
  }
}
