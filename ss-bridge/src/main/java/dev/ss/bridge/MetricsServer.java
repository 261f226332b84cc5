package dev.ss.bridge;

import com.sun.net.httpserver.HttpServer;
import io.dropwizard.lifecycle.Managed;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** An HTTP server for metrics alone, with its own port and threads. */
final class MetricsServer implements Managed {
  private static final Logger LOG = LoggerFactory.getLogger(MetricsServer.class);

  private final MetricsConnector.OwnPort address;
  private final String path;
  private final MetricsHandler handler;
  private final ExecutorService executor;
  private @Nullable HttpServer server;

  MetricsServer(
      MetricsConnector.OwnPort address, String path, MetricsHandler handler, int threads) {
    this.address = address;
    this.path = path;
    this.handler = handler;
    this.executor = Executors.newFixedThreadPool(threads, MetricsServer::thread);
  }

  private static Thread thread(Runnable work) {
    Thread thread = new Thread(work, "metrics-server");
    thread.setDaemon(true);
    return thread;
  }

  @Override
  public void start() throws IOException {
    server = HttpServer.create(socketAddress(), 0);
    server.createContext(path, handler);
    server.setExecutor(executor);
    server.start();
    LOG.info("Metrics are served on {}{}", server.getAddress(), path);
  }

  private InetSocketAddress socketAddress() {
    return address.host().isEmpty()
        ? new InetSocketAddress(address.port())
        : new InetSocketAddress(address.host(), address.port());
  }

  @Override
  public String toString() {
    return "MetricsServer{" + (server == null ? path : server.getAddress().getPort()) + "}";
  }

  @Override
  public void stop() {
    if (server != null) {
      server.stop(0);
    }
    executor.shutdownNow();
  }
}
