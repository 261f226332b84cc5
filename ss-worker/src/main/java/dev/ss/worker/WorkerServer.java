package dev.ss.worker;

import dev.ss.access.AccessControl;
import dev.ss.boot.Connectors;
import dev.ss.boot.ErrorResponses;
import dev.ss.bridge.BridgeBundle;
import dev.ss.config.WorkerSection;
import io.dropwizard.core.server.ServerFactory;
import io.dropwizard.core.setup.Environment;
import jakarta.servlet.http.HttpServlet;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConfiguration;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/**
 * The worker's HTTP server. It serves only {@code /metrics}. With port 0 it has no connector: the
 * process opens no socket, and stops in the same way.
 */
final class WorkerServer implements ServerFactory {
  private static final int MAX_THREADS = 8;

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
    if (section.metricsPort() > 0) {
      ServletContextHandler context = new ServletContextHandler();
      context.addServlet(new ServletHolder(metrics), BridgeBundle.PATH);
      context.setErrorHandler(ErrorResponses.forContext(ErrorResponses.statusOnly()));
      server.setErrorHandler(ErrorResponses.forServer(ErrorResponses.statusOnly()));
      server.setHandler(access.guarding(context));
      ServerConnector connector = connector(server);
      server.addConnector(connector);
      Connectors.open(connector, "worker.metricsPort (SS_WORKER_METRICS_PORT)");
    }
    return server;
  }

  private ServerConnector connector(Server server) {
    HttpConfiguration http = new HttpConfiguration();
    http.setSendServerVersion(false);
    ServerConnector connector = new ServerConnector(server, 1, 1, new HttpConnectionFactory(http));
    connector.setHost(section.bindHost());
    connector.setPort(section.metricsPort());
    return connector;
  }

  @Override
  public void configure(Environment environment) {
    // WorkerApplication has configured everything already.
  }
}
