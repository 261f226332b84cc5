package dev.ss.api.stream;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Function;

/**
 * Events in the format of <a
 * href="https://html.spec.whatwg.org/multipage/server-sent-events.html">server-sent events</a>,
 * with data in JSON. Bytes are in Base64, because the format can hold only UTF-8.
 */
final class ServerSentEvents implements FollowContent.Encoding {
  private static final int MAX_EVENT_BYTES = 48 * 1024;
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .addModule(new Jdk8Module())
          .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .build();

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final Function<Instant, String> timeFormat;

  ServerSentEvents(Function<Instant, String> timeFormat) {
    this.timeFormat = timeFormat;
  }

  record AttemptData(int run, int attempt, Optional<String> workerId, Optional<String> startedAt) {}

  record BytesData(int run, long offset, String base64) {}

  record GapData(int run, long from, long to) {}

  record ProgressData(Optional<Double> progress, Optional<String> message) {}

  record EndData(String state, Optional<Integer> exitCode, Optional<String> errorCode) {}

  @Override
  public void began(FollowEvent.Began event) {
    add(
        "attempt",
        Optional.of(new FollowPosition(event.run(), 0)),
        new AttemptData(
            event.run(), event.attempt(), event.workerId(), event.startedAt().map(timeFormat)));
  }

  @Override
  public void bytes(FollowEvent.Bytes event) {
    byte[] all = event.bytes();
    for (int begin = 0; begin < all.length; begin += MAX_EVENT_BYTES) {
      byte[] some = Arrays.copyOfRange(all, begin, Math.min(all.length, begin + MAX_EVENT_BYTES));
      long offset = event.offset() + begin;
      add(
          "bytes",
          Optional.of(new FollowPosition(event.run(), offset + some.length)),
          new BytesData(event.run(), offset, Base64.getEncoder().encodeToString(some)));
    }
  }

  @Override
  public void gap(FollowEvent.Gap event) {
    add(
        "gap",
        Optional.of(new FollowPosition(event.run(), event.to())),
        new GapData(event.run(), event.from(), event.to()));
  }

  @Override
  public void progress(FollowEvent.Progress event) {
    add("progress", Optional.empty(), new ProgressData(event.fraction(), event.message()));
  }

  @Override
  public void ended(FollowEvent.Ended event) {
    add(
        "end",
        Optional.empty(),
        new EndData(event.state().wireName(), event.exitCode(), event.errorCode()));
  }

  private void add(String name, Optional<FollowPosition> id, Object data) {
    id.ifPresent(position -> write("id: " + position.text() + "\n"));
    write("event: " + name + "\ndata: " + json(data) + "\n\n");
  }

  private static String json(Object data) {
    try {
      return JSON.writeValueAsString(data);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("these records can be written", e);
    }
  }

  private void write(String text) {
    out.writeBytes(text.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public byte[] take() {
    byte[] taken = out.toByteArray();
    out.reset();
    return taken;
  }

  @Override
  public byte[] keepAlive() {
    return ": keep-alive\n\n".getBytes(StandardCharsets.UTF_8);
  }
}
