package dev.ss.bench.jobs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A Markdown table of results. */
final class Table {
  private final String title;
  private final List<String> columns;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  Table(String title, String... columns) {
    this.title = title;
    this.columns = List.of(columns);
  }

  static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** Formats a number with a comma between groups of three digits. */
  static String grouped(int value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  void row(String... cells) {
    rows.add(List.of(cells));
    // Prints each row at once, because a whole run takes minutes.
    System.err.println(title + ": " + String.join(" | ", cells));
  }

  /** Adds a remark below the table. */
  void note(String note) {
    notes.add(note);
  }

  void print() {
    System.out.printf("%n### %s%n%n", title);
    line(columns);
    line(Collections.nCopies(columns.size(), "---"));
    rows.forEach(Table::line);
    if (!notes.isEmpty()) {
      System.out.println();
      notes.forEach(note -> System.out.println("- " + note));
    }
    System.out.flush();
  }

  private static void line(List<String> cells) {
    System.out.println("| " + String.join(" | ", cells) + " |");
  }
}
