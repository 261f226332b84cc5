package dev.ss.bench.jobs;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ss.bench.measure.ProcessorTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The process of a side. Its orders and answers are lines of JSON. */
final class SideProcess implements AutoCloseable {
  private final ObjectMapper json = new ObjectMapper();
  private final LineProcess process;

  private SideProcess(LineProcess process) {
    this.process = process;
  }

  /** Starts a {@link JavaSide}, with a separate directory below {@code parent}. */
  static SideProcess java(JavaSide side, Path parent) {
    return new SideProcess(
        LineProcess.java(JavaSideMain.class, side.name(), directory(parent).toString()));
  }

  private static Path directory(Path parent) {
    try {
      return Files.createTempDirectory(parent, "side");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Starts one of the sides of {@code main.mjs}. */
  static SideProcess node(NodePeers installed, String side) {
    return new SideProcess(
        new LineProcess(List.of("node", "main.mjs", side), installed.directory()));
  }

  /** Sends an order and waits for its answer. */
  <T> T order(String order, Storage.Place place, Map<String, ?> details, Class<T> answer) {
    Map<String, Object> line = new HashMap<>(details);
    line.put("order", order);
    line.put("database", place.uri());
    try {
      return json.readValue(process.ask(json.writeValueAsString(line)), answer);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the processor time it has used, including its commands, in seconds. */
  double cpuSeconds() {
    return ProcessorTime.ofTree(process.pid());
  }

  @Override
  public void close() {
    process.close();
  }
}
