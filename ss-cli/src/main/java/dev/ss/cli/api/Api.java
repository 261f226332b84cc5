package dev.ss.cli.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javax.net.ssl.SSLException;

/** The API of one SS. Every method throws a {@link Failure} that says what to do. */
public final class Api {
  /** The API answers a wait after at most 30 s, which {@link #await} asks for. */
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(60);

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(10);
  private static final Duration OUTAGE_LIMIT = Duration.ofMinutes(5);
  private static final Duration SUBMIT_LIMIT = Duration.ofSeconds(30);
  private static final ObjectMapper JSON = new ObjectMapper();

  private final URI server;
  private final Optional<String> token;
  private final HttpClient client;
  private final Problems problems;

  /**
   * @param token the token to send, if the server has tokens
   */
  public Api(URI server, Optional<String> token) {
    this.server = server;
    this.token = token;
    this.client = client(server);
    this.problems = new Problems(server, token.isPresent());
  }

  private static HttpClient client(URI server) {
    HttpClient.Builder builder =
        HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT_LIMIT);
    return ("https".equals(server.getScheme()) ? builder : builder.sslContext(new NoTls())).build();
  }

  /** Answers with JSON. */
  public JsonNode get(Object path) {
    return json(request(path.toString()).build());
  }

  /** Does something that has no body. */
  public JsonNode post(Object path) {
    return json(request(path.toString()).POST(BodyPublishers.noBody()).build());
  }

  /** Opens a body of any type; the caller closes it. */
  public HttpResponse<InputStream> open(Object path, String... headers) {
    HttpRequest.Builder request = request(path.toString());
    for (int i = 0; i < headers.length; i += 2) {
      request.setHeader(headers[i], headers[i + 1]);
    }
    return send(request.build());
  }

  /**
   * Submits a job. Tries again if there is no answer, which the key makes safe.
   *
   * @param query the path with the job's type and all else but the input
   */
  public JsonNode submit(Query query, Input input, String idempotencyKey) {
    Patience patience = Patience.of(SUBMIT_LIMIT);
    while (true) {
      try {
        return json(
            HttpRequest.newBuilder(uri(query.toString()))
                .headers(authorization())
                .header("Content-Type", "application/octet-stream")
                .header("Idempotency-Key", idempotencyKey)
                .POST(input.body())
                .build());
      } catch (Unanswered failure) {
        if (!input.isRepeatable()) {
          throw failure;
        }
        patience.pauseAfter(failure);
      }
    }
  }

  /**
   * Waits until a job is final, also while SS is away.
   *
   * @param isOver is asked from time to time whether to stop waiting
   * @return the job as it is then
   */
  public JsonNode await(String jobId, BooleanSupplier isOver) {
    Patience patience = Patience.of(OUTAGE_LIMIT);
    while (true) {
      try {
        JsonNode job = get(path(jobId, "/wait?timeout=" + (isOver.getAsBoolean() ? "0s" : "5s")));
        patience.answered();
        if (isFinal(job) || isOver.getAsBoolean()) {
          return job;
        }
      } catch (Unanswered failure) {
        if (isOver.getAsBoolean()) {
          throw failure;
        }
        patience.pauseAfter(failure);
      }
    }
  }

  /** Returns whether a job is over. */
  public static boolean isFinal(JsonNode job) {
    return switch (job.path("state").asText()) {
      case "succeeded", "failed", "cancelled" -> true;
      default -> false;
    };
  }

  /** The path of a job, and what follows it. */
  public static String path(String jobId, String more) {
    return "/v1/jobs/" + Query.encoded(jobId) + more;
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(uri(path)).headers(authorization()).timeout(ANSWER_LIMIT);
  }

  private URI uri(String path) {
    String base = server.toString();
    return URI.create((base.endsWith("/") ? base.substring(0, base.length() - 1) : base) + path);
  }

  /** The name of the program, or also the token. */
  private String[] authorization() {
    return token
        .map(text -> new String[] {"User-Agent", "ss", "Authorization", "Bearer " + text})
        .orElseGet(() -> new String[] {"User-Agent", "ss"});
  }

  private JsonNode json(HttpRequest request) {
    try (InputStream body = send(request).body()) {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw problems.broken(e);
    }
  }

  private HttpResponse<InputStream> send(HttpRequest request) {
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      if (response.statusCode() >= 300) {
        throw problems.of(response);
      }
      return response;
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw problems.unreachable();
    } catch (SSLException e) {
      throw problems.untrusted(e);
    } catch (IOException e) {
      throw problems.broken(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new Failure(ExitCode.INTERRUPTED, "interrupted");
    }
  }
}
