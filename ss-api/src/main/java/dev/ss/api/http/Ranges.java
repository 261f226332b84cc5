package dev.ss.api.http;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.api.stream.Content;
import dev.ss.api.stream.Streams;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.ResponseBuilder;
import jakarta.ws.rs.core.Response.Status;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.ByteRange;

/**
 * Answers with a content, or with the one range of bytes that the client asks for (RFC 9110,
 * section 14). A request for several ranges gets the whole.
 */
final class Ranges {
  private static final Pattern BYTES =
      Pattern.compile("bytes=([0-9]{1,18}-[0-9]{0,18}|-[0-9]{1,18})");

  private Ranges() {}

  static ResponseBuilder response(
      ContainerRequestContext request, Streams.Whole whole, String mediaType) {
    long length = whole.length();
    Optional<ByteRange> range =
        Optional.ofNullable(request.getHeaderString("Range")).flatMap(text -> range(text, length));
    Content content =
        range
            .map(asked -> whole.between(asked.first(), asked.last() + 1))
            .orElseGet(() -> whole.between(0, length));
    request.setProperty(Content.ATTRIBUTE, content);
    ResponseBuilder response =
        Response.status(range.isPresent() ? Status.PARTIAL_CONTENT : Status.OK)
            .type(mediaType)
            .header("Accept-Ranges", "bytes");
    range.ifPresent(asked -> response.header("Content-Range", asked.toHeaderValue(length)));
    return response;
  }

  /** Empty if the header asks for something else, or for more than one range. */
  private static Optional<ByteRange> range(String header, long length) {
    if (!BYTES.matcher(header).matches()) {
      return Optional.empty();
    }
    List<ByteRange> ranges = ByteRange.parse(List.of(header), length);
    if (ranges.isEmpty()) {
      throw new ProblemException(
          ProblemCode.RANGE_NOT_SATISFIABLE, "There are only %d bytes.".formatted(length));
    }
    return Optional.of(ranges.get(0));
  }
}
