package dev.ss.testkit.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A clock that all processes of a machine agree on, whatever their wall clocks show. */
public final class Uptime {
  private static final Path FILE = Path.of("/proc/uptime");

  private Uptime() {}

  /** Returns the seconds since the machine was started. */
  public static double seconds() {
    try {
      String line = Files.readString(FILE);
      return Double.parseDouble(line.substring(0, line.indexOf(' ')));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
