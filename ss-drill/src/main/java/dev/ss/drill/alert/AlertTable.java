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

  static void print(List<AlertReport> reports, PrintStream out) {
    line(out, COLUMNS);
    line(out, Collections.nCopies(COLUMNS.size(), "---"));
    reports.forEach(report -> lines(report).forEach(cells -> line(out, cells)));
    out.flush();
  }

  /** Returns the cells of each line. */
  static List<List<String>> lines(AlertReport report) {
    List<List<String>> lines = new ArrayList<>();
    for (AlertReport.Row row : report.rows()) {
      Sighting sighting = row.sighting();
      lines.add(
          List.of(
              lines.isEmpty() ? report.drill() : "",
              lines.isEmpty() ? report.done() : "",
              row.alert() + row.duty().mark(),
              seconds(sighting.pending()),
              seconds(sighting.firing()),
              seconds(sighting.sent()),
              cleared(report, row),
              lines.isEmpty() ? verdict(report) : ""));
    }
    if (lines.isEmpty()) {
      lines.add(List.of(report.drill(), report.done(), "none", "", "", "", "", verdict(report)));
    }
    return lines;
  }

  private static String cleared(AlertReport report, AlertReport.Row row) {
    if (report.present().contains(row.alert())) {
      return "still there at the end";
    }
    double after = row.sighting().last().orElse(0) - report.repairedAt();
    return after < 0 ? "before it" : "%.0f s".formatted(after);
  }

  private static String seconds(OptionalDouble time) {
    return time.isPresent() ? "%.0f s".formatted(time.getAsDouble()) : "–";
  }

  private static String verdict(AlertReport report) {
    String verdict =
        report.isGood()
            ? "good"
            : "FAILED: " + String.join("; ", report.findings()).replace("\n", " ");
    return report.note().isEmpty() ? verdict : verdict + "; " + report.note();
  }

  private static void line(PrintStream out, List<String> cells) {
    out.println("| " + String.join(" | ", cells) + " |");
  }
}
