package dev.ss.api.http;

import dev.ss.api.metrics.HttpMetrics;
import dev.ss.api.metrics.Route;
import dev.ss.job.TraceParent;
import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.Callback;

/**
 * Counts every request to the server. It does so as the request log, which Jetty calls at the end
 * of each exchange, also for requests that Jetty refuses before any handler sees them. A handler
 * counts the requests in flight.
 */
public final class RequestMetrics implements RequestLog {
  private final HttpMetrics metrics;
  private final Routes routes;
  private final Map<String, Route> servlets;

  /**
   * @param routes the routes of Jersey's resources
   * @param servlets the routes outside Jersey, by path
   */
  public RequestMetrics(HttpMetrics metrics, Routes routes, Map<String, Route> servlets) {
    this.metrics = metrics;
    this.routes = routes;
    this.servlets = servlets;
  }

  /**
   * Installs the handler and the request log, beside one that the server has already. Call this
   * after the server's own handler is set.
   */
  public void install(Server server) {
    server.setHandler(
        new Handler.Wrapper(server.getHandler()) {
          @Override
          public boolean handle(Request request, Response response, Callback callback)
              throws Exception {
            metrics.began();
            Request.addCompletionListener(request, failure -> metrics.ended());
            return super.handle(request, response, callback);
          }
        });
    RequestLogs.add(server, this);
  }

  @Override
  public void log(Request request, Response response) {
    metrics.answered(
        request.getMethod(),
        route(request),
        response.getStatus(),
        System.nanoTime() - request.getBeginNanoTime(),
        TraceParent.parse(request.getHeaders().get("traceparent")));
  }

  private Route route(Request request) {
    if (request.getAttribute(Routes.ATTRIBUTE) instanceof Route route) {
      return route;
    }
    // Jetty selects the servlet by the canonical path: /%6detrics reaches the servlet of /metrics.
    String path = request.getHttpURI().getCanonicalPath();
    if (path == null) {
      return Route.UNMATCHED;
    }
    Route servlet = servlets.get(path);
    return servlet == null ? routes.ofPath(path) : servlet;
  }
}
