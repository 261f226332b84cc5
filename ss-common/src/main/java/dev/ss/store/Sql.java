package dev.ss.store;

import java.util.Locale;

/** Puts numbers and parts of statements into SQL; values are always bound. */
final class Sql {
  private Sql() {}

  /** Formats with the digits that SQL knows, whatever the machine's language. */
  static String with(String template, Object... parts) {
    return String.format(Locale.ROOT, template, parts);
  }
}
