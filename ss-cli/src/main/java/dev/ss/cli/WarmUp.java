package dev.ss.cli;

import com.sun.net.httpserver.HttpServer;
import dev.ss.cli.command.Context;
import dev.ss.cli.text.Terminal;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/**
 * Runs commands against a server of its own that answers with next to nothing, so that the JVM can
 * archive the classes that they load. {@code bin/ss} does this once.
 */
final class WarmUp {
  private static final String JOB =
      "{\"job_id\":\"j\",\"job_type\":\"t\",\"state\":\"succeeded\",\"attempt\":1,\"max_attempts\":1,"
          + "\"created_at\":\"2026-01-01T00:00:00.000Z\",\"labels\":{\"a\":\"b\"}}";
  private static final String EVENTS =
      """
      event: attempt
      id: 1:0
      data: {"run":1,"attempt":1,"worker_id":"w"}

      event: bytes
      id: 1:1
      data: {"run":1,"offset":0,"base64":"YQ=="}

      event: progress
      data: {"progress":0.5,"message":"m"}

      event: end
      data: {"state":"succeeded","exit_code":0,"error_code":null}

      """;

  private WarmUp() {}

  /** Runs the commands that people run most. */
  public static void main(String[] arguments) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    answer(server, "/v1/jobs", "{\"jobs\":[" + JOB + "],\"next_cursor\":null}");
    answer(server, "/v1/jobs/", JOB);
    answer(server, "/v1/jobs/j/log", EVENTS);
    answer(server, "/v1/", "{}");
    server.start();
    String url = "http://localhost:" + server.getAddress().getPort();
    for (String command :
        List.of("ls", "run t", "show j", "wait j", "types", "--help", "ls --no")) {
      new Commands(quiet(url)).run(command.split(" "));
    }
    System.exit(0);
  }

  private static void answer(HttpServer server, String path, String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    server.createContext(
        path,
        request -> {
          request.getRequestBody().readAllBytes();
          boolean submits = request.getRequestMethod().equals("POST");
          byte[] answer = submits ? JOB.getBytes(StandardCharsets.UTF_8) : bytes;
          request.sendResponseHeaders(200, answer.length);
          request.getResponseBody().write(answer);
          request.close();
        });
  }

  private static Context quiet(String url) {
    PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream());
    return new Context(
        Map.of("SS_URL", url),
        Terminal.NONE,
        new ByteArrayInputStream(new byte[0]),
        nowhere,
        nowhere,
        nowhere,
        InstantSource.system(),
        Runtime.getRuntime()::halt);
  }
}
