package dev.ss.testkit.play;

import com.fasterxml.jackson.databind.node.MissingNode;
import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.Http;
import dev.ss.testkit.contract.Contract;
import dev.ss.testkit.process.Uptime;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Supplier;

/** Sends requests, and copes with missing answers. */
final class Asker {
  private static final Duration LIMIT = Duration.ofSeconds(5);

  private final HttpClient client;

  Asker(HttpClient client) {
    this.client = client;
  }

  TimedAnswer get(URI api, String path) {
    return timed(() -> http(api).get(path));
  }

  TimedAnswer post(URI api, String path, String body, String... headers) {
    return timed(() -> http(api).postJson(path, body.getBytes(StandardCharsets.UTF_8), headers));
  }

  private Http http(URI api) {
    return new Http(client, api, LIMIT).heldTo(Contract.ofSs());
  }

  private static TimedAnswer timed(Supplier<Answer> request) {
    double from = Uptime.seconds();
    try {
      Answer answer = request.get();
      return new TimedAnswer(answer.status(), answer.json(), from, Uptime.seconds());
    } catch (UncheckedIOException brokenOrLate) {
      return new TimedAnswer(TimedAnswer.NONE, MissingNode.getInstance(), from, Uptime.seconds());
    }
  }
}
