package dev.ss.cli.follow;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * Reads <a href="https://html.spec.whatwg.org/multipage/server-sent-events.html">server-sent
 * events</a>, whose data is JSON.
 */
final class EventStream {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BufferedReader lines;
  private final Runnable heard;

  /**
   * @param heard is called for each line, also for those that only say that the server is there
   */
  EventStream(InputStream in, Runnable heard) {
    this.lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
    this.heard = heard;
  }

  /**
   * Returns the next event; empty at the end of the stream, where an event that is cut off does not
   * count.
   */
  Optional<Event> next() throws IOException {
    String name = "message";
    Optional<String> id = Optional.empty();
    StringBuilder data = new StringBuilder();
    String line;
    while ((line = lines.readLine()) != null) {
      heard.run();
      if (line.isEmpty()) {
        if (data.length() > 0) {
          return Optional.of(new Event(name, id, JSON.readTree(data.toString())));
        }
        continue;
      }
      int colon = line.indexOf(':');
      String field = colon < 0 ? line : line.substring(0, colon);
      String value = colon < 0 ? "" : line.substring(colon + 1).replaceFirst("^ ", "");
      switch (field) {
        case "event" -> name = value;
        case "id" -> id = Optional.of(value);
        case "data" -> data.append(value).append('\n');
        default -> {
          // a comment, or a field that is not for us
        }
      }
    }
    return Optional.empty();
  }
}
