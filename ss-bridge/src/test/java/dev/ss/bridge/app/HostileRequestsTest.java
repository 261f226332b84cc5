package dev.ss.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Nothing a client sends becomes a series. {@code -Dhostile.requests=10000} sends more. */
class HostileRequestsTest {
  private static final int REQUESTS = Integer.getInteger("hostile.requests", 2_000);
  private static final int CLIENTS = 4;
  private static final int EIGHT_KILOBYTES = 8_192;
  private static final int HANDFUL = 5;
  private static final List<String> METHODS =
      List.of("GET", "POST", "PUT", "DELETE", "HEAD", "OPTIONS", "TRACE", "PATCH", "BREW", "gÄt");
  private static final List<String> PATHS =
      List.of("/", "/greetings/", "/metrics", "/metrics/", "/%2e%2e/", "//", "/%00", "*", "/ä");

  @RegisterExtension static final Greetings APP = new Greetings();

  @Test
  void hostileRequestsAddNextToNoSeries() throws Exception {
    APP.useEveryRoute();
    APP.scrape();
    Set<String> before = series();

    sendAll();

    assertThat(APP.get("/greetings/world").body()).isEqualTo("hello world");
    assertThat(requestsSeen()).as("got past Jetty's parser").isGreaterThan(REQUESTS * 0.3);
    Set<String> added = series();
    added.removeAll(before);
    assertThat(added).hasSizeLessThanOrEqualTo(HANDFUL);
  }

  /** Without those of the JVM, which differ by what it happens to have done. */
  private static Set<String> series() {
    return APP.scrape().samples().keySet().stream()
        .filter(series -> !series.startsWith("jvm_"))
        .collect(Collectors.toSet());
  }

  private static double requestsSeen() {
    return APP.scrape()
        .value("io_dropwizard_jetty_mutable_servlet_context_handler_requests_seconds_count");
  }

  private static void sendAll() throws Exception {
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    try {
      List<Future<?>> sending = new ArrayList<>();
      for (int client = 0; client < CLIENTS; client++) {
        Random random = new Random(client);
        sending.add(clients.submit(() -> send(random, REQUESTS / CLIENTS)));
      }
      for (Future<?> each : sending) {
        each.get();
      }
    } finally {
      clients.shutdownNow();
    }
  }

  private static Void send(Random random, int requests) throws IOException {
    for (int i = 0; i < requests; i++) {
      send(request(random));
    }
    return null;
  }

  /** By a socket, because no client would send this. */
  private static void send(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), APP.port())) {
      OutputStream out = socket.getOutputStream();
      out.write(request.getBytes(StandardCharsets.UTF_8));
      out.flush();
      socket.shutdownOutput();
      socket.getInputStream().transferTo(OutputStream.nullOutputStream());
    } catch (SocketException e) {
      // Jetty may have seen enough before all of it was sent.
    }
  }

  private static String request(Random random) {
    return random.nextInt(3) == 0 ? wellFormed(random) : malformed(random);
  }

  /** Strange, but the application gets to see it. */
  private static String wellFormed(Random random) {
    return "%s %s?name[]=%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
        .formatted(
            pick(random, METHODS.subList(0, METHODS.size() - 1)),
            random.nextInt(20) == 0 ? "/metrics" : "/greetings/" + encoded(random, 60),
            encoded(random, 1_500));
  }

  private static String encoded(Random random, int bytes) {
    return URLEncoder.encode(noise(random, bytes), StandardCharsets.UTF_8);
  }

  private static String malformed(Random random) {
    String noise = noise(random, random.nextInt(EIGHT_KILOBYTES));
    boolean inQuery = random.nextBoolean();
    return "%s %s%s?name[]=%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n%s: %s\r\n\r\n"
        .formatted(
            pick(random, METHODS),
            pick(random, PATHS),
            noise(random, random.nextInt(30)),
            inQuery ? noise : "",
            pick(random, List.of("Accept", "Accept-Encoding", "traceparent", "User-Agent")),
            inQuery ? "" : noise);
  }

  private static String pick(Random random, List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  /** Letters of all scripts, at most so many bytes of them. */
  private static String noise(Random random, int bytes) {
    return random
        .ints(bytes / 3, '!', Character.MIN_SURROGATE)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
