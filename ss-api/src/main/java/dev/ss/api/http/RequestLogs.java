package dev.ss.api.http;

import org.eclipse.jetty.server.RequestLog;
import org.eclipse.jetty.server.Server;

/** Adds request logs to a server, which has room for one. */
final class RequestLogs {
  private RequestLogs() {}

  /** Makes the server call this one, and after it those that it has already. */
  static void add(Server server, RequestLog added) {
    RequestLog configured = server.getRequestLog();
    if (configured != null) {
      server.addBean(configured);
    }
    server.setRequestLog(configured == null ? added : new RequestLog.Collection(added, configured));
  }
}
