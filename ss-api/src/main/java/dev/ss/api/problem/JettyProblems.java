package dev.ss.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ss.access.DenialReason;
import dev.ss.access.DoorHandler;
import dev.ss.boot.ErrorResponses;
import java.nio.ByteBuffer;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/** The problems of requests that never reach Jersey, as the bodies of Jetty's error responses. */
public final class JettyProblems implements ErrorResponses.Body {
  private static final ObjectMapper JSON = new ObjectMapper();

  @Override
  public ByteBuffer of(Request request, Response response, int status) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    if (status == HttpStatus.SERVICE_UNAVAILABLE_503) {
      response.getHeaders().put(HttpHeader.RETRY_AFTER, 1);
    }
    try {
      return ByteBuffer.wrap(JSON.writeValueAsBytes(problem(request, status)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Problem problem(Request request, int status) {
    return request.getAttribute(DoorHandler.REASON) == DenialReason.CROSS_SITE
        ? Problem.of(ProblemCode.CROSS_SITE, Problem.CROSS_SITE)
        : Problem.ofStatus(status);
  }
}
