package dev.ss.api.http;

import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Passes a request on after its handler has returned, when Jetty no longer sees what the next
 * handler returns or throws.
 */
final class Resume {
  private Resume() {}

  /** Calls the next handler; answers 404 if it does not handle the request, 500 if it fails. */
  static void with(Handler next, Request request, Response response, Callback callback) {
    try {
      if (!next.handle(request, response, callback)) {
        Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
      }
    } catch (Throwable failure) {
      Response.writeError(request, response, callback, failure);
    }
  }
}
