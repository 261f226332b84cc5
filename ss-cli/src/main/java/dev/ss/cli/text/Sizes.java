package dev.ss.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Locale;

/** Writes numbers of bytes as people like them. */
public final class Sizes {
  private static final String[] UNITS = {"B", "KiB", "MiB", "GiB", "TiB"};

  private Sizes() {}

  /** Returns a size such as {@code 1.5 MiB}; a hyphen for null. */
  public static String text(JsonNode bytes) {
    if (!bytes.isNumber()) {
      return "-";
    }
    double size = bytes.doubleValue();
    int unit = 0;
    while (size >= 1024 && unit < UNITS.length - 1) {
      size /= 1024;
      unit++;
    }
    String number =
        unit == 0 || size >= 100
            ? Long.toString(Math.round(size))
            : String.format(Locale.ROOT, "%.1f", size).replaceAll("\\.0$", "");
    return number + " " + UNITS[unit];
  }
}
