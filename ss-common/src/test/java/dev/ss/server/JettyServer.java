package dev.ss.server;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** A server with few threads, and its clients. */
final class JettyServer {
  private static final int BOUND_AGAINST_HANGING_MILLIS = 30_000;

  private final QueuedThreadPool threads = new QueuedThreadPool(8);
  private final Server server = new Server(threads);
  private final ServerConnector connector = new ServerConnector(server, 1, 1);
  private final List<Socket> clients = new ArrayList<>();

  JettyServer(Handler handler, Consumer<ServerConnector> settings) throws Exception {
    connector.setHost("127.0.0.1");
    settings.accept(connector);
    server.addConnector(connector);
    server.setHandler(handler);
    server.start();
  }

  /** A client for which the system keeps next to nothing. */
  Socket client() throws IOException {
    Socket client = new Socket();
    clients.add(client);
    client.setReceiveBufferSize(1);
    client.setSoTimeout(BOUND_AGAINST_HANGING_MILLIS);
    client.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), connector.getLocalPort()));
    return client;
  }

  static void ask(Socket client) throws IOException {
    client
        .getOutputStream()
        .write("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
  }

  int connections() {
    return connector.getConnectedEndPoints().size();
  }

  void stop() throws Exception {
    for (Socket client : clients) {
      client.close();
    }
    server.stop();
  }
}
