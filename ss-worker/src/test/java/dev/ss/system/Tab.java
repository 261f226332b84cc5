package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;

/** A tab of a browser, by the Chrome DevTools Protocol; everything that happens in it is kept. */
final class Tab implements WebSocket.Listener {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final StringBuilder part = new StringBuilder();
  private WebSocket socket;

  private Tab() {}

  static Tab at(URI uri) {
    Tab tab = new Tab();
    tab.socket = HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, tab).join();
    List.of("Page", "Runtime", "Log", "Network").forEach(domain -> tab.send(domain + ".enable"));
    return tab;
  }

  @Override
  public CompletionStage<?> onText(WebSocket from, CharSequence data, boolean last) {
    part.append(data);
    if (last) {
      received(part.toString());
      part.setLength(0);
    }
    from.request(1);
    return null;
  }

  private void received(String message) {
    try {
      JsonNode json = JSON.readTree(message);
      if (json.has("id")) {
        answers.remove(json.get("id").intValue()).complete(json);
      } else {
        events.add(json);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends a command and returns its result. */
  JsonNode send(String method, Object... parameters) {
    Map<String, Object> named = new ConcurrentHashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      named.put((String) parameters[i], parameters[i + 1]);
    }
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    try {
      socket
          .sendText(
              JSON.writeValueAsString(Map.of("id", id, "method", method, "params", named)), true)
          .join();
      JsonNode json = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(json.has("error")).as("%s: %s", method, json).isFalse();
      return json.get("result");
    } catch (Exception e) {
      throw new IllegalStateException(method, e);
    }
  }

  void open(String url) {
    events.clear();
    send("Page.navigate", "url", url);
  }

  /** The value of a JavaScript expression; a promise's when it is kept. */
  JsonNode evaluate(String expression) {
    JsonNode answer =
        send(
            "Runtime.evaluate",
            "expression",
            expression,
            "awaitPromise",
            true,
            "returnByValue",
            true);
    assertThat(answer.has("exceptionDetails")).as("%s", answer).isFalse();
    return answer.get("result").path("value");
  }

  /** Waits until a JavaScript expression is true. */
  void await(String expression) {
    Awaitility.await(expression)
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(100))
        .ignoreExceptions() // a page that is being left has no context to evaluate in
        .until(() -> evaluate("Boolean(%s)".formatted(expression)).booleanValue());
  }

  /** The text of the first element that a CSS selector finds, as it is shown. */
  String text(String selector) {
    return evaluate("document.querySelector('%s').innerText".formatted(selector)).textValue();
  }

  void resize(int width, int height, boolean phone) {
    send(
        "Emulation.setDeviceMetricsOverride",
        "width",
        width,
        "height",
        height,
        "deviceScaleFactor",
        1,
        "mobile",
        phone);
  }

  void preferColours(String scheme) {
    send(
        "Emulation.setEmulatedMedia",
        "features",
        List.of(Map.of("name", "prefers-color-scheme", "value", scheme)));
  }

  /** What the page has asked for since it was opened. */
  List<String> requestedUrls() {
    return of("Network.requestWillBeSent")
        .map(event -> event.at("/request/url").textValue())
        .toList();
  }

  /** Errors and warnings in the console, and exceptions nobody caught. */
  List<String> complaints() {
    return Stream.of(
            of("Runtime.exceptionThrown"), of("Runtime.consoleAPICalled"), of("Log.entryAdded"))
        .flatMap(events -> events.map(JsonNode::toString))
        .toList();
  }

  private Stream<JsonNode> of(String method) {
    return events.stream()
        .filter(event -> event.get("method").textValue().equals(method))
        .map(event -> event.get("params"));
  }
}
