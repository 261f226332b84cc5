package dev.ss.drill.load;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * What was executed, kept outside SS: each command appends a line when it begins and one when it
 * ends, each with a single write.
 */
public final class Ledger {
  private final Path file;
  private final Path script;

  private Ledger(Path file, Path script) {
    this.file = file;
    this.script = script;
  }

  /** An empty ledger, and the command that writes into it. */
  public static Ledger in(Path directory) {
    Path script = directory.resolve("command.sh");
    try (InputStream content = Ledger.class.getResourceAsStream("/dev/ss/drill/command.sh")) {
      Files.copy(content, script);
      return new Ledger(Files.createFile(directory.resolve("ledger")), script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The command of a job type, for config.yml. */
  String command(JobKind kind) {
    return "[/bin/sh, \"%s\", \"%s\", \"%s\"%s]"
        .formatted(script, file, kind.seconds(), kind == JobKind.FAMILY ? ", one two" : "");
  }

  /** How many executions have come to their end. */
  long ended() {
    return lines().filter(line -> line.startsWith("end ")).count();
  }

  /** All executions, in the order of their beginnings. */
  public List<Execution> executions() {
    Map<String, Execution> byNonce = new LinkedHashMap<>();
    lines().forEach(line -> enter(line.split(" ", -1), byNonce));
    return new ArrayList<>(byNonce.values());
  }

  private static void enter(String[] fields, Map<String, Execution> byNonce) {
    String nonce = fields[4];
    double time = Double.parseDouble(fields[5]);
    if (fields[0].equals("start")) {
      byNonce.put(
          nonce,
          new Execution(
              fields[1],
              Integer.parseInt(fields[2]),
              Long.parseLong(fields[3]),
              nonce,
              time,
              OptionalDouble.empty()));
    } else {
      byNonce.computeIfPresent(
          nonce,
          (key, begun) ->
              new Execution(
                  begun.jobId(),
                  begun.attempt(),
                  begun.worker(),
                  nonce,
                  begun.start(),
                  OptionalDouble.of(time)));
    }
  }

  private Stream<String> lines() {
    try {
      return Files.readAllLines(file).stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
