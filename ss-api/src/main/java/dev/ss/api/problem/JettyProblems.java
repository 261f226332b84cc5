package dev.ss.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Error handlers for what never reaches Jersey: malformed requests, refused methods and failures of
 * the server.
 */
public final class JettyProblems {
  private static final ObjectMapper JSON = new ObjectMapper();

  private JettyProblems() {}

  /** The server's error handler, for requests that no servlet context takes. */
  public static ErrorHandler forServer() {
    return new ErrorHandler() {
      @Override
      public boolean errorPageForMethod(String method) {
        return true;
      }

      @Override
      protected void generateResponse(
          Request request,
          Response response,
          int status,
          String message,
          Throwable cause,
          Callback callback) {
        response.write(true, problem(response, status), callback);
      }
    };
  }

  /** A servlet context's error handler, for errors that servlets and filters send. */
  public static org.eclipse.jetty.ee10.servlet.ErrorHandler forContext() {
    return new org.eclipse.jetty.ee10.servlet.ErrorHandler() {
      @Override
      public boolean errorPageForMethod(String method) {
        return true;
      }

      @Override
      protected void generateResponse(
          Request request,
          Response response,
          int status,
          String message,
          Throwable cause,
          Callback callback) {
        response.write(true, problem(response, status), Callback.NOOP);
        Request.as(request, ServletContextRequest.class)
            .getServletChannel()
            .sendErrorResponseAndComplete();
      }
    };
  }

  private static ByteBuffer problem(Response response, int status) {
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, Problem.MEDIA_TYPE);
    try {
      return ByteBuffer.wrap(JSON.writeValueAsBytes(Problem.ofStatus(status)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
