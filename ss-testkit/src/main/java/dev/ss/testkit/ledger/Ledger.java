package dev.ss.testkit.ledger;

import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/**
 * A record of the executions, kept outside SS. Each command appends a line when it begins and one
 * when it ends, each with a single write.
 */
public final class Ledger {
  private final Path file;
  private final Path script;

  private Ledger(Path file, Path script) {
    this.file = file;
    this.script = script;
  }

  /** Creates an empty ledger and the command that writes to it. */
  public static Ledger in(Path directory) {
    Path script = directory.resolve("command.sh");
    try (InputStream content = Ledger.class.getResourceAsStream("/dev/ss/testkit/command.sh")) {
      Files.copy(content, script);
      return new Ledger(Files.createFile(directory.resolve("ledger")), script);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * Returns the command of a job type, for config.yml.
   *
   * @param arguments the arguments of command.sh after the ledger
   */
  public String command(String... arguments) {
    StringBuilder command = new StringBuilder("[/bin/sh, \"%s\", \"%s\"".formatted(script, file));
    for (String argument : arguments) {
      command.append(", \"").append(argument).append('"');
    }
    return command.append(']').toString();
  }

  /** Returns all executions of this job so far, in the order of their starts. */
  public List<Execution> executionsOf(String jobId) {
    return executions().stream().filter(each -> each.jobId().equals(jobId)).toList();
  }

  /** Returns how many executions have completed. */
  public long ended() {
    return lines().filter(line -> line.startsWith("end ")).count();
  }

  /** Returns all executions, in the order of their starts. */
  public List<Execution> executions() {
    return begunFrom(0).executions();
  }

  /**
   * The part of the ledger from a position to its end.
   *
   * @param executions the executions that begin in this part
   * @param end the position where the next part begins
   */
  public record Part(List<Execution> executions, long end) {}

  /** Reads the ledger from this position on. */
  public Part begunFrom(long place) {
    try (RandomAccessFile ledger = new RandomAccessFile(file.toFile(), "r")) {
      byte[] bytes = new byte[(int) (ledger.length() - place)];
      ledger.seek(place);
      ledger.readFully(bytes);
      Map<String, Execution> byNonce = new LinkedHashMap<>();
      new String(bytes, StandardCharsets.UTF_8)
          .lines()
          .forEach(line -> enter(line.split(" ", -1), byNonce));
      return new Part(List.copyOf(byNonce.values()), place + bytes.length);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
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
              Long.parseLong(fields[6]),
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
                  begun.process(),
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
