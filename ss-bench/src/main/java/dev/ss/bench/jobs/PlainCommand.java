package dev.ss.bench.jobs;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The minimum of running a command: a process, its input and its output. */
final class PlainCommand {
  private static final byte[] INPUT =
      "a few words that a command would count".getBytes(StandardCharsets.UTF_8);

  private PlainCommand() {}

  /** The result of a command. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Output(int exitCode, byte[] stdout, byte[] stderr) {}

  static Output run(String program) {
    try {
      Process process = new ProcessBuilder(program).start();
      write(process.getOutputStream());
      byte[] stdout = process.getInputStream().readAllBytes();
      byte[] stderr = process.getErrorStream().readAllBytes(); // blocks if stderr's pipe fills up
      return new Output(process.waitFor(), stdout, stderr);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static void write(OutputStream stdin) {
    try (stdin) {
      stdin.write(INPUT);
    } catch (IOException endedWithoutReading) {
      // a command need not read its input
    }
  }
}
