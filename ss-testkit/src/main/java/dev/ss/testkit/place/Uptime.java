package dev.ss.testkit.place;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The time that every process of a machine agrees on, whatever its clock is made to say. */
public final class Uptime {
  private static final Path FILE = Path.of("/proc/uptime");

  private Uptime() {}

  /** Seconds since the machine was started. */
  public static double seconds() {
    try {
      String line = Files.readString(FILE);
      return Double.parseDouble(line.substring(0, line.indexOf(' ')));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
