package dev.ss.testkit.browser;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ss.testkit.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A tab of a browser, driven by the Chrome DevTools Protocol. It keeps all events. */
public final class Tab implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Duration LIMIT = Duration.ofSeconds(60);

  /** More than any page of ours has places for the focus. */
  private static final int MAX_TABS = 200;

  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> answers = new ConcurrentHashMap<>();
  private final List<JsonNode> events = new CopyOnWriteArrayList<>();
  private final Object sending = new Object();
  private final WebSocket socket;
  private volatile Map<String, String> login = Map.of("response", "CancelAuth");

  private Tab(URI uri) {
    socket =
        HttpClient.newHttpClient().newWebSocketBuilder().buildAsync(uri, new Listener()).join();
  }

  static Tab at(URI uri) {
    Tab tab = new Tab(uri);
    List.of("Page", "Runtime", "Log", "Network").forEach(domain -> tab.send(domain + ".enable"));
    tab.show(); // The timers of a tab in the background are slow.
    return tab;
  }

  /** Puts messages together and sorts answers from events. */
  private final class Listener implements WebSocket.Listener {
    private final StringBuilder message = new StringBuilder();

    @Override
    public @Nullable CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        received(message.toString());
        message.setLength(0);
      }
      from.request(1);
      return null;
    }
  }

  private void received(String message) {
    try {
      JsonNode json = JSON.readTree(message);
      if (json.has("id")) {
        Objects.requireNonNull(answers.remove(json.get("id").intValue())).complete(json);
      } else {
        events.add(json);
        intercepted(json);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Answers the questions that {@link #logIn} lets the browser ask. */
  private void intercepted(JsonNode event) {
    String id = event.at("/params/requestId").asText();
    CompletableFuture<?> unused;
    switch (event.path("method").asText()) {
      case "Fetch.requestPaused" -> unused = post("Fetch.continueRequest", Map.of("requestId", id));
      case "Fetch.authRequired" ->
          unused =
              post(
                  "Fetch.continueWithAuth",
                  Map.of("requestId", id, "authChallengeResponse", login));
      default -> {
        // Only a record of what happened.
      }
    }
  }

  private JsonNode send(String method, Object... parameters) {
    Map<String, Object> named = new ConcurrentHashMap<>();
    for (int i = 0; i < parameters.length; i += 2) {
      named.put((String) parameters[i], parameters[i + 1]);
    }
    try {
      JsonNode answer = post(method, named).get(LIMIT.toSeconds(), TimeUnit.SECONDS);
      return without("error", answer).get("result");
    } catch (Exception e) {
      throw new IllegalStateException(method, e);
    }
  }

  private CompletableFuture<JsonNode> post(String method, Map<String, ?> parameters) {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    answers.put(id, answer);
    try {
      String message =
          JSON.writeValueAsString(Map.of("id", id, "method", method, "params", parameters));
      synchronized (sending) {
        socket.sendText(message, true).join();
      }
      return answer;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static JsonNode without(String error, JsonNode answer) {
    if (answer.has(error)) {
      throw new AssertionError(answer.toString());
    }
    return answer;
  }

  /** Answers the browser's question for a name and a password, as a person would. */
  public void logIn(String user, String password) {
    login = Map.of("response", "ProvideCredentials", "username", user, "password", password);
    send("Fetch.enable", "handleAuthRequests", true);
  }

  /** Accepts certificates that nobody vouches for. */
  public void trustEveryCertificate() {
    send("Security.setIgnoreCertificateErrors", "ignore", true);
  }

  /** Runs a script in every page that is opened from now on, before the page's own. */
  public void runFirst(String script) {
    send("Page.addScriptToEvaluateOnNewDocument", "source", script);
  }

  /** Brings the tab to the front, which hides the one that was there. */
  public void show() {
    send("Page.bringToFront");
  }

  /** Begins to load a page. */
  public void open(String url) {
    events.clear();
    send("Page.navigate", "url", url);
  }

  /** Returns the value of a JavaScript expression, or the value to which its promise resolves. */
  public JsonNode evaluate(String expression) {
    JsonNode answer =
        send(
            "Runtime.evaluate",
            "expression",
            expression,
            "awaitPromise",
            true,
            "returnByValue",
            true);
    return without("exceptionDetails", answer).get("result").path("value");
  }

  /** Waits until a JavaScript expression is true. */
  public void await(String expression) {
    Waiting.until(() -> expression, LIMIT, () -> isTrue(expression));
  }

  private boolean isTrue(String expression) {
    try {
      return evaluate("Boolean(%s)".formatted(expression)).booleanValue();
    } catch (IllegalStateException | AssertionError pageIsBeingLeft) {
      return false;
    }
  }

  /** Returns the text of the first element that a CSS selector finds, as it is shown. */
  public String text(String selector) {
    return evaluate("document.querySelector('%s').innerText".formatted(selector)).textValue();
  }

  /** Presses a key, as {@code Tab}, {@code Enter}, {@code Escape}, or a character. */
  public void press(String key) {
    String text = Map.of("Enter", "\r", "Tab", "", "Escape", "").getOrDefault(key, key);
    int code =
        Map.of("Enter", 13, "Tab", 9, "Escape", 27)
            .getOrDefault(key, (int) key.toUpperCase(Locale.ROOT).charAt(0));
    send(
        "Input.dispatchKeyEvent",
        "type",
        text.isEmpty() ? "rawKeyDown" : "keyDown",
        "key",
        key,
        "text",
        text,
        "windowsVirtualKeyCode",
        code);
    send("Input.dispatchKeyEvent", "type", "keyUp", "key", key, "windowsVirtualKeyCode", code);
  }

  /** Presses the key {@code Tab} until an element that the CSS selector finds has the focus. */
  public void pressTabTo(String selector) {
    String hasFocus = "document.activeElement.matches('%s')".formatted(selector);
    for (int presses = 0; !isTrue(hasFocus); presses++) {
      if (presses == MAX_TABS) {
        throw new AssertionError("The keyboard does not reach " + selector);
      }
      press("Tab");
    }
  }

  /** Sets the size of the window. */
  public void resize(int width, int height, boolean phone) {
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

  /** Sets the preferred colour scheme, {@code light} or {@code dark}. */
  public void preferColours(String scheme) {
    send(
        "Emulation.setEmulatedMedia",
        "features",
        List.of(Map.of("name", "prefers-color-scheme", "value", scheme)));
  }

  /** Returns the URLs that the page has requested since it was opened. */
  public List<String> requestedUrls() {
    return of("Network.requestWillBeSent")
        .map(event -> event.at("/request/url").textValue())
        .toList();
  }

  /** Returns what the page's requests have sent in this header, since it was opened. */
  public List<String> sentHeaders(String name) {
    return of("Network.requestWillBeSent")
        .map(event -> event.at("/request/headers").path(name))
        .filter(JsonNode::isTextual)
        .map(JsonNode::textValue)
        .toList();
  }

  /** Returns the messages in the console, and the uncaught exceptions. */
  public List<String> complaints() {
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

  /** Closes the tab; its page runs no more. */
  @Override
  public void close() {
    send("Page.close");
  }
}
