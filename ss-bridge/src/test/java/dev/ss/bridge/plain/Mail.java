package dev.ss.bridge.plain;

import com.codahale.metrics.Timer;
import com.sun.net.httpserver.HttpServer;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.JvmCollector;
import dev.ss.bridge.MetricsHandler;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** A program without Dropwizard and without servlets, as docs/bridge.md shows it. */
final class Mail implements AutoCloseable {
  private final BridgeRegistry registry = new BridgeRegistry();
  private final Timer deliveries = registry.timer("mail.delivery");
  private final ExecutorService threads = Executors.newFixedThreadPool(2);
  private final HttpServer server;

  Mail(int port) throws IOException {
    JvmCollector.register(registry);
    registry.start(); // keeps the rates that JMX and other reporters show
    server = HttpServer.create(new InetSocketAddress("localhost", port), 0);
    server.createContext("/metrics", new MetricsHandler(registry));
    server.setExecutor(threads);
    server.start();
  }

  void deliver() {
    deliveries.update(30, TimeUnit.MILLISECONDS);
  }

  int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdown();
    registry.close();
  }
}
