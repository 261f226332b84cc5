package dev.ss.cli.fake;

import com.sun.net.httpserver.HttpExchange;
import dev.ss.cli.fake.FakeSs.Route;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.IntSupplier;

/** A log as server-sent events, which resumes where the client was. */
public final class FollowedLog implements Route {
  private final List<String> ids = new ArrayList<>();
  private final List<String> events = new ArrayList<>();
  private final IntSupplier cut;
  private int run;
  private long offset;

  private FollowedLog(IntSupplier cut) {
    this.cut = cut;
  }

  /** A log whose connection holds. */
  public static FollowedLog whole() {
    return new FollowedLog(() -> Integer.MAX_VALUE);
  }

  /**
   * A log whose connection breaks.
   *
   * @param cut after how many bytes of the next answer
   */
  public static FollowedLog cut(IntSupplier cut) {
    return new FollowedLog(cut);
  }

  /** A command is started. */
  public FollowedLog attempt(int newRun, int attempt) {
    run = newRun;
    offset = 0;
    return add(
        run + ":0",
        "attempt",
        "{\"run\":%d,\"attempt\":%d,\"worker_id\":\"w\",\"started_at\":\"2026-11-30T08:00:01.000Z\"}"
            .formatted(run, attempt));
  }

  /** It writes something. */
  public FollowedLog bytes(byte[] bytes) {
    long from = offset;
    offset += bytes.length;
    return add(
        run + ":" + offset,
        "bytes",
        "{\"run\":%d,\"offset\":%d,\"base64\":\"%s\"}"
            .formatted(run, from, Base64.getEncoder().encodeToString(bytes)));
  }

  /** It writes text. */
  public FollowedLog text(String text) {
    return bytes(text.getBytes(StandardCharsets.UTF_8));
  }

  /** It writes what nobody keeps. */
  public FollowedLog gap(long bytes) {
    long from = offset;
    offset += bytes;
    return add(
        run + ":" + offset,
        "gap",
        "{\"run\":%d,\"from\":%d,\"to\":%d}".formatted(run, from, offset));
  }

  /** It says how far it is. */
  public FollowedLog progress(String progress, String message) {
    return add("", "progress", "{\"progress\":%s,\"message\":\"%s\"}".formatted(progress, message));
  }

  /** The job is final. */
  public FollowedLog end(String state, int exitCode, String errorCode) {
    return add(
        "",
        "end",
        "{\"state\":\"%s\",\"exit_code\":%d,\"error_code\":%s}"
            .formatted(state, exitCode, errorCode == null ? null : "\"" + errorCode + "\""));
  }

  private FollowedLog add(String id, String name, String data) {
    ids.add(id);
    events.add(
        "event: %s\n%sdata: %s\n\n: keep-alive\n\n"
            .formatted(name, id.isEmpty() ? "" : "id: " + id + "\n", data));
    return this;
  }

  @Override
  public void answer(HttpExchange request) throws IOException {
    String last = request.getRequestHeaders().getFirst("Last-Event-ID");
    int from = last == null ? 0 : ids.indexOf(last) + 1;
    byte[] all =
        String.join("", events.subList(from, events.size())).getBytes(StandardCharsets.UTF_8);
    int length = Math.min(all.length, cut.getAsInt());
    request.getResponseHeaders().set("Content-Type", "text/event-stream");
    request.sendResponseHeaders(200, 0);
    request.getResponseBody().write(all, 0, length);
    request.getResponseBody().flush();
    if (length == all.length) {
      request.getResponseBody().close();
    }
    request.close();
  }
}
