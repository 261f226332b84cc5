package dev.ss.access;

import dev.ss.bridge.ScrapeAccess;
import org.eclipse.jetty.server.Handler;

/**
 * Who may use one process.
 *
 * @param access tells who sent a request
 * @param hosts which hosts a request may name
 * @param metrics counts what is refused
 */
public record AccessControl(Access access, AllowedHosts hosts, AccessMetrics metrics) {
  /** Returns a handler that refuses what no route may see, and passes on everything else. */
  public Handler.Wrapper guarding(Handler routes) {
    return new DoorHandler(routes, hosts, metrics);
  }

  /** Returns the rule for the route of the metrics. */
  public ScrapeAccess scrapes() {
    return new ScrapePermission(access, metrics);
  }
}
