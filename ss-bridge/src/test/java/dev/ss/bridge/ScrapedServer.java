package dev.ss.bridge;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.zip.GZIPInputStream;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.LocalConnector;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.component.LifeCycle;

/** A Jetty that serves the metrics at {@code /metrics}, without a socket. */
final class ScrapedServer implements AutoCloseable {
  private static final int HEADER_BYTES = 1 << 15;

  private final Server server = new Server();
  private final LocalConnector connector = new LocalConnector(server);

  ScrapedServer(MetricsServlet servlet) throws Exception {
    connector
        .getConnectionFactory(HttpConnectionFactory.class)
        .getHttpConfiguration()
        .setRequestHeaderSize(HEADER_BYTES);
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler();
    context.addServlet(new ServletHolder(servlet), "/metrics");
    server.setHandler(context);
    server.start();
  }

  /** What came back; the body as it was sent, which may be packed. */
  @SuppressWarnings("ArrayRecordComponent") // read, never compared
  record Response(int status, Map<String, String> headers, byte[] body) {
    String text() {
      return new String(body, StandardCharsets.UTF_8);
    }

    String unpacked() throws IOException {
      try (GZIPInputStream unpacked = new GZIPInputStream(new ByteArrayInputStream(body))) {
        return new String(unpacked.readAllBytes(), StandardCharsets.UTF_8);
      }
    }
  }

  /** Asks for the metrics, with these headers, each as it is written in a request. */
  Response get(String... headers) {
    return ask("GET", "", headers);
  }

  /** Asks with any method, and with a query that starts with a question mark. */
  Response ask(String method, String query, String... headers) {
    String request =
        "%s /metrics%s HTTP/1.1\r\nHost: here\r\nConnection: close\r\n%s\r\n"
            .formatted(
                method,
                query,
                Arrays.stream(headers)
                    .map(header -> header + "\r\n")
                    .collect(Collectors.joining()));
    try {
      return parse(
          connector.getResponse(ByteBuffer.wrap(request.getBytes(StandardCharsets.ISO_8859_1))));
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static Response parse(ByteBuffer response) {
    byte[] bytes = new byte[response.remaining()];
    response.get(bytes);
    String text = new String(bytes, StandardCharsets.ISO_8859_1);
    int end = text.indexOf("\r\n\r\n");
    String[] head = text.substring(0, end).split("\r\n", -1);
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    Arrays.stream(head)
        .skip(1)
        .map(line -> line.split(": ", 2))
        .forEach(header -> headers.put(header[0], header[1]));
    int status = Integer.parseInt(head[0].split(" ", 3)[1]);
    return new Response(status, headers, Arrays.copyOfRange(bytes, end + 4, bytes.length));
  }

  @Override
  public void close() {
    LifeCycle.stop(server);
  }
}
