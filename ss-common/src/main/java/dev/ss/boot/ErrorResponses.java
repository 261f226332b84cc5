package dev.ss.boot;

import dev.ss.access.DoorHandler;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Makes error handlers for what no resource answers: malformed requests, refused methods, failures
 * of the server. Jetty's own pages would repeat the request.
 */
public final class ErrorResponses {
  private ErrorResponses() {}

  /** The body of an error's response. */
  @FunctionalInterface
  public interface Body {
    /** Returns the body, and sets its type among the headers. */
    ByteBuffer of(Request request, Response response, int status);
  }

  /** Returns a body that says the status and nothing else. */
  public static Body statusOnly() {
    return (request, response, status) -> {
      response.getHeaders().put(HttpHeader.CONTENT_TYPE, "text/plain;charset=utf-8");
      String line = "%d %s%n".formatted(status, HttpStatus.getMessage(status));
      return ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
    };
  }

  /** Returns a server's error handler, for requests that no servlet context takes. */
  public static ErrorHandler forServer(Body body) {
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
        response.write(true, safe(body, request, response, status), callback);
      }
    };
  }

  /** Returns a servlet context's error handler, for errors that servlets and filters send. */
  public static org.eclipse.jetty.ee10.servlet.ErrorHandler forContext(Body body) {
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
        response.write(true, safe(body, request, response, status), Callback.NOOP);
        Request.as(request, ServletContextRequest.class)
            .getServletChannel()
            .sendErrorResponseAndComplete();
      }
    };
  }

  /** Jetty has removed the headers that the handler of the doors had set. */
  private static ByteBuffer safe(Body body, Request request, Response response, int status) {
    DoorHandler.setSafeDefaults(response.getHeaders());
    return body.of(request, response, status);
  }
}
