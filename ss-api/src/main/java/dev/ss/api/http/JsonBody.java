package dev.ss.api.http;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.submit.SubmissionHandler;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import java.io.IOException;
import java.io.InputStream;
import java.util.Locale;
import java.util.Optional;

/** Reads the body of a submission, if its Content-Type is JSON and it is not too large. */
final class JsonBody {
  private final SubmissionHandler submit;

  /**
   * @param submit counts the refused bodies
   */
  JsonBody(SubmissionHandler submit) {
    this.submit = submit;
  }

  /**
   * Returns the body's bytes.
   *
   * @param maxBytes the maximum number of bytes
   */
  byte[] read(HttpHeaders headers, InputStream body, long maxBytes) {
    requireJson(headers.getMediaType());
    return read(body, declaredLength(headers), maxBytes);
  }

  private void requireJson(MediaType type) {
    boolean json = type != null && isJson(type);
    if (!json || !charset(type).equals("utf-8")) {
      throw submit.refuse(
          ProblemCode.UNSUPPORTED_MEDIA_TYPE,
          "Send JSON in UTF-8, with Content-Type: application/json.");
    }
  }

  /** Does not use {@code isCompatible}, which would accept {@code *}{@code /*} as JSON. */
  private static boolean isJson(MediaType type) {
    return type.getType().equalsIgnoreCase("application")
        && type.getSubtype().equalsIgnoreCase("json");
  }

  private static String charset(MediaType type) {
    return type.getParameters()
        .getOrDefault(MediaType.CHARSET_PARAMETER, "utf-8")
        .toLowerCase(Locale.ROOT);
  }

  /** Reads at most one byte beyond the limit, whatever the client declares or sends. */
  private byte[] read(InputStream body, long declaredLength, long maxBytes) {
    byte[] bytes =
        declaredLength > maxBytes ? new byte[0] : read(body, Math.toIntExact(maxBytes + 1));
    if (declaredLength > maxBytes || bytes.length > maxBytes) {
      throw submit.refuse(
          ProblemCode.BODY_TOO_LARGE, "The body is larger than %d bytes.".formatted(maxBytes));
    }
    return bytes;
  }

  private byte[] read(InputStream body, int maxBytes) {
    try {
      return body.readNBytes(maxBytes);
    } catch (IOException | RuntimeException e) { // RuntimeException: corrupt gzip
      throw submit.refuse(
          ProblemCode.INVALID_JSON, "The body ended early or is not encoded as its headers say.");
    }
  }

  /**
   * Returns the Content-Length, or -1 without one. Jetty has checked that it is a number; Jersey's
   * getLength fails if it exceeds an int.
   */
  private static long declaredLength(HttpHeaders headers) {
    return Optional.ofNullable(headers.getHeaderString(HttpHeaders.CONTENT_LENGTH))
        .map(Long::parseLong)
        .orElse(-1L);
  }
}
