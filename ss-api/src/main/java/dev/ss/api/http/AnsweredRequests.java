package dev.ss.api.http;

import java.util.concurrent.atomic.LongAdder;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;

/**
 * Counts the answered requests about jobs, and those that failed, for the report. Waiting, which is
 * long on purpose, does not count; nor do health checks, scrapes and the report itself.
 */
public final class AnsweredRequests implements RequestLog {
  private static final int SERVER_ERROR = 500;

  private final LongAdder all = new LongAdder();
  private final LongAdder failed = new LongAdder();

  /** Installs this beside the request logs that the server has already. */
  public void install(Server server) {
    RequestLogs.add(server, this);
  }

  @Override
  public void log(Request request, Response response) {
    String path = request.getHttpURI().getCanonicalPath();
    if (path == null || !path.startsWith("/v1/jobs") || path.endsWith("/wait")) {
      return;
    }
    all.increment();
    if (response.getStatus() >= SERVER_ERROR) {
      failed.increment();
    }
  }

  /** How many requests have been answered. */
  public long all() {
    return all.sum();
  }

  /** How many of them have been answered 5xx. */
  public long failed() {
    return failed.sum();
  }
}
