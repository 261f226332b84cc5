package dev.ss.worker;

import com.codahale.metrics.MetricRegistry;
import dev.ss.access.AccessControl;
import dev.ss.boot.Connectors;
import dev.ss.boot.ErrorResponses;
import dev.ss.bridge.BridgeBundle;
import dev.ss.config.WorkerSection;
import dev.ss.server.DetachedResponses;
import dev.ss.server.MemoryBudget;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.core.setup.Environment;
import jakarta.servlet.http.HttpServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The worker's HTTP server. It serves only {@code /metrics}. With port 0 it has no connector: the
 * process opens no socket, and stops in the same way.
 */
final class WorkerServer implements ServerFactory {
  private static final int MAX_THREADS = 8;

  /** The part of the heap for scrapes that their clients have not read yet. */
  private static final int RESPONSES_PART_OF_HEAP = 16;

  /** Lets the connector choose how many connections one address may have. */
  private static final int ANY_SHARE = 0;

  private final WorkerSection section;
  private final HttpServlet metrics;
  private final AccessControl access;

  WorkerServer(WorkerSection section, HttpServlet metrics, AccessControl access) {
    this.section = section;
    this.access = access;
    this.metrics = metrics;
  }

  @Override
  public Server build(Environment environment) {
    Server server = new Server(new QueuedThreadPool(MAX_THREADS, 1));
    environment.lifecycle().attach(server);
    server.setStopAtShutdown(true);
    if (section.connector().getPort() > 0) {
      ServletContextHandler context = new ServletContextHandler();
      context.addServlet(new ServletHolder(metrics), BridgeBundle.PATH);
      context.setErrorHandler(ErrorResponses.forContext(ErrorResponses.statusOnly()));
      server.setErrorHandler(ErrorResponses.forServer(ErrorResponses.statusOnly()));
      server.setHandler(
          access.guarding(
              new DetachedResponses(context, MemoryBudget.partOfHeap(RESPONSES_PART_OF_HEAP))));
      Connectors.open(
          section.connector(),
          ANY_SHARE,
          server,
          new MetricRegistry(), // Connections to the worker are scrapes; nobody needs their timer.
          "worker.connector",
          "SS_WORKER_METRICS_PORT");
    }
    return server;
  }

  @Override
  public void configure(Environment environment) {
    // WorkerApplication has configured everything already.
  }
}
