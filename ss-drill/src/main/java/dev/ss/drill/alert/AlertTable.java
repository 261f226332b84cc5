package dev.ss.drill.alert;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Outcomes as one Markdown table: a line for each alert, or one line for a drill without alerts.
 */
final class AlertTable {
  private static final List<String> COLUMNS =
      List.of(
          "drill",
          "what was done",
          "alert",
          "pending after",
          "firing after",
          "in Alertmanager after",
          "cleared after the repair",
          "verdict");

  private AlertTable() {}

  static void print(List<Outcome> outcomes, PrintStream out) {
    line(out, COLUMNS);
    line(out, Collections.nCopies(COLUMNS.size(), "---"));
    outcomes.forEach(outcome -> lines(outcome).forEach(cells -> line(out, cells)));
    out.flush();
  }

  /** Returns the cells of each line. */
  static List<List<String>> lines(Outcome outcome) {
    List<List<String>> lines = new ArrayList<>();
    for (Outcome.Row row : outcome.rows()) {
      Sighting sighting = row.sighting();
      lines.add(
          List.of(
              lines.isEmpty() ? outcome.drill() : "",
              lines.isEmpty() ? outcome.done() : "",
              row.alert() + row.duty().mark(),
              seconds(sighting.pending()),
              seconds(sighting.firing()),
              seconds(sighting.sent()),
              cleared(outcome, row),
              lines.isEmpty() ? verdict(outcome) : ""));
    }
    if (lines.isEmpty()) {
      lines.add(List.of(outcome.drill(), outcome.done(), "none", "", "", "", "", verdict(outcome)));
    }
    return lines;
  }

  private static String cleared(Outcome outcome, Outcome.Row row) {
    if (outcome.present().contains(row.alert())) {
      return "still there at the end";
    }
    double after = row.sighting().last().orElse(0) - outcome.repairedAt();
    return after < 0 ? "before it" : "%.0f s".formatted(after);
  }

  private static String seconds(OptionalDouble time) {
    return time.isPresent() ? "%.0f s".formatted(time.getAsDouble()) : "–";
  }

  private static String verdict(Outcome outcome) {
    String verdict =
        outcome.isGood()
            ? "good"
            : "FAILED: " + String.join("; ", outcome.findings()).replace("\n", " ");
    return outcome.note().isEmpty() ? verdict : verdict + "; " + outcome.note();
  }

  private static void line(PrintStream out, List<String> cells) {
    out.println("| " + String.join(" | ", cells) + " |");
  }
}
