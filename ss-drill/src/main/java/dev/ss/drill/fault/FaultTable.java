package dev.ss.drill.fault;

import dev.ss.drill.check.Report;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** The reports of all drills as one Markdown table. */
final class FaultTable {
  private static final List<String> COLUMNS =
      List.of(
          "drill",
          "fault",
          "what the clients saw (answers)",
          "accepted",
          "finished",
          "executions",
          "ended early",
          "runs again after",
          "verdict");

  private final List<Report> reports = new ArrayList<>();

  void add(Report report) {
    reports.add(report);
    // Prints each result at once, because a whole run takes minutes.
    System.err.println("  " + String.join(" | ", cells(report)));
  }

  boolean isGood() {
    return reports.stream().allMatch(report -> report.findings().isEmpty());
  }

  void print(PrintStream out) {
    line(out, COLUMNS);
    line(out, Collections.nCopies(COLUMNS.size(), "---"));
    reports.forEach(report -> line(out, cells(report)));
    line(out, total());
    out.flush();
  }

  private static List<String> cells(Report report) {
    return List.of(
        report.drill(),
        report.fault(),
        report.seen(),
        Integer.toString(report.accepted()),
        Integer.toString(report.finished()),
        Integer.toString(report.executions()),
        Integer.toString(report.endedEarly()),
        report.recovery(),
        verdict(report));
  }

  private static String verdict(Report report) {
    if (!report.findings().isEmpty()) {
      return "FAILED: " + String.join("; ", report.findings()).replace("\n", " ");
    }
    return report.seen().startsWith("skipped") ? "skipped" : "good";
  }

  private List<String> total() {
    return List.of(
        "all",
        "",
        "",
        Integer.toString(reports.stream().mapToInt(Report::accepted).sum()),
        Integer.toString(reports.stream().mapToInt(Report::finished).sum()),
        Integer.toString(reports.stream().mapToInt(Report::executions).sum()),
        Integer.toString(reports.stream().mapToInt(Report::endedEarly).sum()),
        "",
        isGood() ? "good" : "FAILED");
  }

  private static void line(PrintStream out, List<String> cells) {
    out.println("| " + String.join(" | ", cells) + " |");
  }
}
