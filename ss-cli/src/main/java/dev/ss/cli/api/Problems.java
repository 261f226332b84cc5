package dev.ss.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Turns what goes wrong with a request into a {@link Failure} that says what to do. */
final class Problems {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int MAX_BYTES = 64 * 1024;

  private final URI server;
  private final boolean hasToken;

  Problems(URI server, boolean hasToken) {
    this.server = server;
    this.hasToken = hasToken;
  }

  Failure unreachable() {
    return new Unreachable(
        ("nothing answers at %s. Is SS running there? bin/up starts one on this machine; SS_URL or"
                + " --url names another.")
            .formatted(server));
  }

  /** Nobody listens, which another try within seconds seldom changes. */
  static final class Unreachable extends Failure {
    private static final long serialVersionUID = 1L;

    Unreachable(String message) {
      super(ExitCode.UNAVAILABLE, message);
    }
  }

  Failure untrusted(IOException e) {
    return new Failure(
        ExitCode.UNAVAILABLE,
        ("%s does not speak TLS as expected, or its certificate is not trusted here (%s)."
                + " JDK_JAVA_OPTIONS=-Djavax.net.ssl.trustStore=FILE names what to trust.")
            .formatted(server, e.getMessage()));
  }

  Failure broken(IOException e) {
    return new Unanswered(
        "the connection to %s broke (%s).".formatted(server, e.getMessage()), Duration.ZERO);
  }

  Failure of(HttpResponse<InputStream> response) {
    JsonNode problem = problem(response);
    String detail = problem.path("detail").asText("");
    String said =
        detail.isEmpty()
            ? "%s answers %d; is that an SS?".formatted(server, response.statusCode())
            : detail;
    int status = response.statusCode();
    return switch (status) {
      case 401 -> new Failure(ExitCode.NO_PERMISSION, unauthorized());
      case 403 -> new Failure(ExitCode.NO_PERMISSION, said);
      case 429 -> new Unanswered(said, retryAfter(response));
      default ->
          status >= 500
              ? new Unanswered(said, retryAfter(response))
              : new Failure(ExitCode.REFUSED, said);
    };
  }

  private String unauthorized() {
    return hasToken
        ? "%s does not know this token; SS_TOKEN or --token-file has the wrong one."
            .formatted(server)
        : "%s wants a token. Put it into SS_TOKEN, or into a file for --token-file."
            .formatted(server);
  }

  private static Duration retryAfter(HttpResponse<?> response) {
    return response
        .headers()
        .firstValue("Retry-After")
        .flatMap(Problems::seconds)
        .orElse(Duration.ZERO);
  }

  private static Optional<Duration> seconds(String text) {
    try {
      return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  private static JsonNode problem(HttpResponse<InputStream> response) {
    try (InputStream body = response.body()) {
      byte[] bytes = body.readNBytes(MAX_BYTES);
      boolean isProblem =
          response.headers().firstValue("Content-Type").orElse("").contains("problem+json");
      return isProblem ? JSON.readTree(bytes) : JSON.createObjectNode();
    } catch (IOException e) {
      return JSON.createObjectNode();
    }
  }
}
