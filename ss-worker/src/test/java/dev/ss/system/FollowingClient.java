package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** A client that follows a log by server-sent events, and whose connections often break. */
final class FollowingClient {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final BiFunction<String, List<String>, InputStream> open;
  private final String job;
  private final Random random = new Random(3);
  private final Map<Integer, ByteArrayOutputStream> runs = new TreeMap<>();
  private String lastId = "";
  private String endedAs = "";
  private String progress = "";
  private int connections;

  /**
   * @param open opens the stream of events of a job, with these headers
   */
  FollowingClient(BiFunction<String, List<String>, InputStream> open, String job) {
    this.open = open;
    this.job = job;
  }

  boolean hasEnded() {
    return !endedAs.isEmpty();
  }

  String endedAs() {
    return endedAs;
  }

  int connections() {
    return connections;
  }

  String progress() {
    return progress;
  }

  Set<Integer> runs() {
    return runs.keySet();
  }

  String text(int run) {
    return runs.get(run).toString(StandardCharsets.UTF_8);
  }

  /** Connects, reads a few events and hangs up in the midst of one. */
  void readSome() {
    connections++;
    List<String> headers = lastId.isEmpty() ? List.of() : List.of("Last-Event-ID", lastId);
    try (InputStream stream = open.apply(job, headers);
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.UTF_8))) {
      for (int events = 1 + random.nextInt(2); events > 0 && !hasEnded(); events--) {
        read(lines);
      }
    } catch (IOException broken) {
      // so it goes on where it was
    }
  }

  private void read(BufferedReader lines) throws IOException {
    String id = "";
    String event = "";
    String data = "";
    String line = lines.readLine();
    while (line != null && !line.isEmpty()) {
      if (line.startsWith("id: ")) {
        id = line.substring(4);
      } else if (line.startsWith("event: ")) {
        event = line.substring(7);
      } else if (line.startsWith("data: ")) {
        data = line.substring(6);
      }
      line = lines.readLine();
    }
    if (line == null || event.isEmpty()) {
      return;
    }
    take(event, JSON.readTree(data));
    lastId = id.isEmpty() ? lastId : id;
  }

  private void take(String event, JsonNode data) {
    switch (event) {
      case "attempt" -> runs.put(data.get("run").intValue(), new ByteArrayOutputStream());
      case "bytes" -> {
        ByteArrayOutputStream run = runs.get(data.get("run").intValue());
        assertThat(data.get("offset").longValue()).isEqualTo(run.size());
        run.writeBytes(Base64.getDecoder().decode(data.get("base64").textValue()));
      }
      case "progress" -> progress = data.get("message").asText();
      case "end" -> endedAs = data.get("state").textValue();
      default -> throw new AssertionError("unexpected: " + event);
    }
  }
}
