package dev.ss.bench.jobs;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * The process of a side: it reads orders and writes answers, a line of JSON each, and ends with its
 * input.
 */
final class SideProcess implements AutoCloseable {
  private final ObjectMapper json = new ObjectMapper();
  private final Process process;
  private final PrintStream orders;
  private final BufferedReader answers;

  private SideProcess(List<String> command, Path directory) {
    try {
      process =
          new ProcessBuilder(command)
              .directory(directory.toFile())
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    orders = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    answers =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
  }

  /** A {@link JavaSide}. */
  static SideProcess java(JavaSide side, Path parent) {
    return new SideProcess(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-cp",
            System.getProperty("java.class.path"),
            JavaSideMain.class.getName(),
            side.name(),
            directory(parent).toString()),
        Path.of("").toAbsolutePath());
  }

  private static Path directory(Path parent) {
    try {
      return Files.createTempDirectory(parent, "side");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One of the sides of {@code main.mjs}. */
  static SideProcess node(NodePeers installed, String side) {
    return new SideProcess(List.of("node", "main.mjs", side), installed.directory());
  }

  /** Sends an order and waits for its answer. */
  <T> T order(String order, Storage.Place place, Map<String, ?> details, Class<T> answer) {
    Map<String, Object> line = new HashMap<>(details);
    line.put("order", order);
    line.put("database", place.uri());
    try {
      orders.println(json.writeValueAsString(line));
      String text = answers.readLine();
      if (text == null) {
        throw new IllegalStateException("the process of a side has ended instead of: " + line);
      }
      return json.readValue(text, answer);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What it has used of the processors, its commands included. */
  double cpuSeconds() {
    return ProcessorTime.ofTree(process.pid());
  }

  @Override
  public void close() {
    orders.close();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
