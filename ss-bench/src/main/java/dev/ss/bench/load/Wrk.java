package dev.ss.bench.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Runs wrk, an HTTP load generator. */
final class Wrk {
  static final List<String> OPTIONS = List.of("--threads", "1", "--connections", "8");

  private static final Pattern SUMMARY =
      Pattern.compile("(?m)^result (\\d+) (\\d+) ([\\d.]+) ([\\d.]+) (\\d+)$");
  private static final long LATE_SECONDS = 30;

  private final Path script;

  /** Writes wrk's script to this directory. */
  Wrk(Path directory) {
    script = directory.resolve("wrk.lua");
    try (InputStream content = Wrk.class.getResourceAsStream("wrk.lua")) {
      Files.copy(content, script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What wrk says of a run, in the line that wrk.lua writes.
   *
   * @param micros the length of the run
   */
  record Summary(long requests, double micros, double p50Micros, double p99Micros, long failures) {}

  /**
   * Sends requests for so many seconds.
   *
   * @throws IllegalStateException if wrk fails or gets no answer
   */
  Summary run(Load load, URI uri, int seconds) {
    Path output = script.resolveSibling("wrk.out");
    List<String> command = new ArrayList<>();
    command.add("wrk");
    command.addAll(OPTIONS);
    command.addAll(List.of("--duration", seconds + "s", "--timeout", "10s"));
    command.addAll(List.of("--script", script.toString(), uri.toString(), "--", load.title()));
    try {
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      if (!process.waitFor(seconds + LATE_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
      return summary(Files.readString(output));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static Summary summary(String output) {
    Matcher line = SUMMARY.matcher(output);
    if (!line.find() || line.group(1).equals("0")) {
      throw new IllegalStateException("wrk had no answer; it says:\n" + output);
    }
    return new Summary(
        Long.parseLong(line.group(1)),
        Double.parseDouble(line.group(2)),
        Double.parseDouble(line.group(3)),
        Double.parseDouble(line.group(4)),
        Long.parseLong(line.group(5)));
  }
}
