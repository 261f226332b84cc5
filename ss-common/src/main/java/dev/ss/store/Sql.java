package dev.ss.store;

import java.util.Locale;

/** Puts numbers and parts of statements into SQL. Values are always bound as parameters. */
final class Sql {
  private Sql() {}

  /** Formats numbers with ASCII digits, whatever the machine's locale. */
  static String with(String template, Object... parts) {
    return String.format(Locale.ROOT, template, parts);
  }
}
