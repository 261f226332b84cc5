package dev.ss.worker.run;

import java.io.File;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A program that the worker runs for itself, with nothing but the PATH in its environment. */
final class HelperProcess {
  private HelperProcess() {}

  /** Starts the program. What it prints is discarded. */
  static Process start(List<String> command) throws IOException {
    return start(command, Redirect.DISCARD);
  }

  /**
   * Runs the program to its end and returns what it prints.
   *
   * @throws IOException if the program fails; the message has its errors
   */
  static String output(List<String> command) throws IOException {
    Process process = start(command, Redirect.PIPE);
    process.getOutputStream().close();
    String printed = text(process.getInputStream().readAllBytes());
    String errors = text(process.getErrorStream().readAllBytes());
    if (process.onExit().join().exitValue() != 0) {
      throw new IOException(errors);
    }
    return printed;
  }

  private static Process start(List<String> command, Redirect output) throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(command)
            .directory(new File("/"))
            .redirectOutput(output)
            .redirectError(output);
    String path = builder.environment().get("PATH");
    builder.environment().clear();
    if (path != null) {
      builder.environment().put("PATH", path);
    }
    return builder.start();
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8).strip();
  }
}
