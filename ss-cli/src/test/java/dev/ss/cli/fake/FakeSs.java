package dev.ss.cli.fake;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A server that answers as a test tells it to, and keeps what it was asked. */
public final class FakeSs implements AutoCloseable {
  /** A job's id. */
  public static final String JOB_ID = "01a2031d-5906-7000-a33a-66fdc43c5d64";

  private final HttpServer server;
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Map<String, Route> routes = new ConcurrentHashMap<>();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();

  /** Answers a request. */
  @FunctionalInterface
  public interface Route {
    void answer(HttpExchange request) throws IOException;
  }

  /**
   * A request.
   *
   * @param line the method and the target
   */
  public record Asked(String line, Map<String, List<String>> headers, String body) {
    /** The first value of a header; null if there is none. */
    public String header(String name) {
      return headers.containsKey(name) ? headers.get(name).get(0) : null;
    }
  }

  public FakeSs() {
    try {
      server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  private void answer(HttpExchange request) throws IOException {
    String path = request.getRequestMethod() + " " + request.getRequestURI().getPath();
    boolean withBody = !request.getRequestMethod().equals("GET");
    asked.add(
        new Asked(
            request.getRequestMethod() + " " + request.getRequestURI(),
            Map.copyOf(request.getRequestHeaders()),
            withBody
                ? new String(request.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)
                : ""));
    Route route = routes.get(path);
    if (route == null) {
      problem(404, "not_found", "There is nothing at this path.").answer(request);
    } else {
      route.answer(request);
    }
  }

  /**
   * Answers requests of a method and a path, such as {@code GET /v1/jobs}, whatever their query.
   */
  public FakeSs on(String path, Route route) {
    routes.put(path, route);
    return this;
  }

  /** Answers with JSON. */
  public FakeSs on(String path, String json) {
    return on(path, body(200, "application/json", json.getBytes(StandardCharsets.UTF_8)));
  }

  /** An answer with a body. */
  public static Route body(int status, String mediaType, byte[] body, String... headers) {
    return request -> {
      request.getResponseHeaders().set("Content-Type", mediaType);
      for (int i = 0; i < headers.length; i += 2) {
        request.getResponseHeaders().set(headers[i], headers[i + 1]);
      }
      request.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
      request.getResponseBody().write(body);
      request.close();
    };
  }

  /** An error. */
  public static Route problem(int status, String code, String detail, String... headers) {
    String json =
        "{\"type\":\"about:blank\",\"title\":\"T\",\"status\":%d,\"code\":\"%s\",\"detail\":\"%s\"}"
            .formatted(status, code, detail);
    return body(status, "application/problem+json", json.getBytes(StandardCharsets.UTF_8), headers);
  }

  /** A job as JSON, with what a test needs of it. */
  public static String job(String state, int exitCode, String errorCode) {
    return """
        {"job_id":"%s","job_type":"word-count","state":"%s","attempt":1,"max_attempts":3,
         "created_at":"2026-11-30T08:00:00.000Z","run_at":"2026-11-30T08:00:00.000Z",
         "started_at":"2026-11-30T08:00:01.000Z","finished_at":"2026-11-30T08:00:03.500Z",
         "exit_code":%d,"error_code":%s,"worker_id":"w-1","labels":{},"parameters":{}}"""
        .formatted(JOB_ID, state, exitCode, errorCode == null ? "null" : "\"" + errorCode + "\"");
  }

  /** What was asked, in order: methods and targets. */
  public List<String> lines() {
    return asked.stream().map(Asked::line).toList();
  }

  /** What was asked, in order. */
  public List<Asked> asked() {
    return List.copyOf(asked);
  }

  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
