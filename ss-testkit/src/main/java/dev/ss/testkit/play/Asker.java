package dev.ss.testkit.play;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ss.testkit.place.Uptime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;

/** Sends requests, and copes with missing answers. */
final class Asker {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final HttpClient http;
  private final ObjectMapper json = new ObjectMapper();

  Asker(HttpClient http) {
    this.http = http;
  }

  Answer get(URI uri) {
    return send(HttpRequest.newBuilder(uri));
  }

  Answer post(URI uri, String body, String... headers) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body));
    return send(headers.length == 0 ? request : request.headers(headers));
  }

  private Answer send(HttpRequest.Builder request) {
    double from = Uptime.seconds();
    try {
      HttpResponse<byte[]> response =
          http.send(request.timeout(LIMIT).build(), BodyHandlers.ofByteArray());
      JsonNode body = json.readTree(response.body());
      return new Answer(response.statusCode(), body, from, Uptime.seconds());
    } catch (IOException brokenOrLate) {
      return new Answer(Answer.NONE, MissingNode.getInstance(), from, Uptime.seconds());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
