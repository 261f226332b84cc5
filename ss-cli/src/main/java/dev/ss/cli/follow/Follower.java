package dev.ss.cli.follow;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.cli.api.Api;
import dev.ss.cli.api.ExitCode;
import dev.ss.cli.api.Failure;
import dev.ss.cli.api.Patience;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/**
 * Follows one stream of a job to the end of the job. When the connection breaks, it goes on where
 * it was.
 */
public final class Follower {
  /** The id before the first attempt. */
  private static final String START = "0:0";

  private final Api api;
  private final Patience patience;
  private final FollowListener listener;
  private Optional<String> lastId = Optional.empty();
  private boolean connected;
  private int run;
  private long nextOffset;

  /**
   * @param patience for how long SS may be away
   */
  public Follower(Api api, Patience patience, FollowListener listener) {
    this.api = api;
    this.patience = patience;
    this.listener = listener;
  }

  /**
   * Follows from the first attempt on, also if it has ended already, until the job is final.
   *
   * @param path of the stream, such as {@code /v1/jobs/{job_id}/log}
   * @return as {@link #follow}
   */
  public JsonNode followFromStart(String path) {
    lastId = Optional.of(START);
    return follow(path);
  }

  /**
   * Follows from the newest attempt on, until the job is final.
   *
   * @param path of the stream, such as {@code /v1/jobs/{job_id}/log}
   * @return how the job ended: {@code state}, {@code exit_code} and {@code error_code}
   */
  public JsonNode follow(String path) {
    while (true) {
      try {
        Optional<JsonNode> end = readOnce(path);
        if (end.isPresent()) {
          return end.get();
        }
        pauseAfter(new Failure(ExitCode.UNAVAILABLE, "SS has ended the connection."));
      } catch (Failure failure) {
        if (failure.exitCode() != ExitCode.UNAVAILABLE || !connected) {
          throw failure;
        }
        pauseAfter(failure);
      }
    }
  }

  private void pauseAfter(Failure failure) {
    if (!patience.isSilent()) {
      listener.away(String.valueOf(failure.getMessage()));
    }
    patience.pauseAfter(failure);
  }

  /** Reads until the job or the connection ends; empty if it is the connection. */
  private Optional<JsonNode> readOnce(String path) {
    try (InputStream body = open(path);
        Silence silence = new Silence(body)) {
      EventStream events = new EventStream(body, silence::heard);
      connected = true;
      for (Optional<Event> next = events.next(); next.isPresent(); next = events.next()) {
        Event event = next.get();
        answered();
        if (event.name().equals("end")) {
          return Optional.of(event.data());
        }
        take(event);
      }
      return Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private void answered() {
    if (patience.isSilent()) {
      listener.back();
    }
    patience.answered();
  }

  private InputStream open(String path) {
    String target = path + "?follow=true";
    return lastId
        .map(id -> api.open(target, "Accept", "text/event-stream", "Last-Event-ID", id))
        .orElseGet(() -> api.open(target, "Accept", "text/event-stream"))
        .body();
  }

  private void take(Event event) {
    JsonNode data = event.data();
    switch (event.name()) {
      case "attempt" -> began(data);
      case "bytes" -> bytes(data);
      case "gap" -> gap(data);
      case "progress" ->
          listener.progress(
              data.path("progress").isNumber()
                  ? Optional.of(data.path("progress").doubleValue())
                  : Optional.empty(),
              Optional.ofNullable(data.path("message").textValue()));
      default -> {
        // An event of a later version.
      }
    }
    event.id().ifPresent(id -> lastId = Optional.of(id));
  }

  private void began(JsonNode data) {
    int number = data.path("run").asInt();
    if (number != run) {
      run = number;
      nextOffset = 0;
      listener.began(number, data.path("attempt").asInt(), data.path("worker_id").asText(""));
    }
  }

  /** Leaves out what has come before: a server may send an event again. */
  private void bytes(JsonNode data) {
    byte[] bytes = Base64.getDecoder().decode(data.path("base64").asText());
    long offset = data.path("offset").asLong();
    int known = data.path("run").asInt() == run ? (int) Math.max(0, nextOffset - offset) : 0;
    if (known < bytes.length) {
      listener.bytes(Arrays.copyOfRange(bytes, known, bytes.length));
      nextOffset = offset + bytes.length;
    }
  }

  private void gap(JsonNode data) {
    long to = data.path("to").asLong();
    long from = Math.max(data.path("from").asLong(), nextOffset);
    if (to > from) {
      listener.gap(to - from);
      nextOffset = to;
    }
  }
}
