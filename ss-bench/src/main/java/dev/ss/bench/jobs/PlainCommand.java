package dev.ss.bench.jobs;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The least that running a command can be: a process, its input and what it writes. */
final class PlainCommand {
  private static final byte[] INPUT =
      "a few words that a command would count".getBytes(StandardCharsets.UTF_8);

  private PlainCommand() {}

  /** What a command has left. */
  @SuppressWarnings("ArrayRecordComponent") // stored, and never compared
  record Result(int exitCode, byte[] stdout, byte[] stderr) {}

  static Result run(String program) {
    try {
      Process process = new ProcessBuilder(program).start();
      write(process.getOutputStream());
      byte[] stdout = process.getInputStream().readAllBytes();
      byte[] stderr = process.getErrorStream().readAllBytes(); // too late for who writes much there
      return new Result(process.waitFor(), stdout, stderr);
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
      // as it may
    }
  }
}
