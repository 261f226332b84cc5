package dev.ss.bench.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** A Markdown table of results. */
public final class Table {
  private final String title;
  private final List<String> columns;
  private final List<List<String>> rows = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();

  /** Starts a table without rows. */
  public Table(String title, String... columns) {
    this.title = title;
    this.columns = List.of(columns);
  }

  /** Formats a number with this many decimals. */
  public static String number(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }

  /** Formats a number with a comma between groups of three digits. */
  public static String grouped(int value) {
    return String.format(Locale.ROOT, "%,d", value);
  }

  /** Adds a row. */
  public void row(String... cells) {
    rows.add(List.of(cells));
    // Prints each row at once, because a whole run takes minutes.
    System.err.println(title + ": " + String.join(" | ", cells));
  }

  /** Adds a remark below the table. */
  public void note(String note) {
    notes.add(note);
  }

  /** Prints the title, the table and the remarks. */
  public void print() {
    System.out.printf("%n### %s%n%n", title);
    print(columns, rows);
    if (!notes.isEmpty()) {
      System.out.println();
      notes.forEach(note -> System.out.println("- " + note));
    }
    System.out.flush();
  }

  /** Prints a table without a title. */
  public static void print(List<String> columns, List<List<String>> rows) {
    line(columns);
    line(Collections.nCopies(columns.size(), "---"));
    rows.forEach(Table::line);
  }

  private static void line(List<String> cells) {
    System.out.println("| " + String.join(" | ", cells) + " |");
  }
}
