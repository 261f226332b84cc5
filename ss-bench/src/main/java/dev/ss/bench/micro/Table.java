package dev.ss.bench.micro;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;

/** A Markdown table, one setting after another, with ratios within each. */
final class Table {
  private static final String OURS = "ours";
  private static final String LIMIT = "limit";
  private static final List<String> ORDER =
      List.of(
          OURS,
          LIMIT,
          "client",
          "clientClassic",
          "micrometer",
          "otel",
          "otelExponential",
          "codahale",
          "codahaleLockFree",
          "stockBridge",
          "stockBridgeLockFree");
  private static final String NOTHING = "–";

  private final List<Row> rows;
  private final List<Column> columns = new ArrayList<>();

  private record Column(String heading, Function<Row, String> cell) {}

  /**
   * Makes a table of these rows, with the columns for which they have values.
   *
   * @param measure what the scores are, with their unit
   */
  Table(String measure, List<Row> rows) {
    List<String> settings = rows.stream().map(Row::setting).distinct().toList();
    this.rows =
        rows.stream()
            .sorted(
                Comparator.comparing((Row row) -> settings.indexOf(row.setting()))
                    .thenComparing(row -> ORDER.indexOf(row.peer())))
            .toList();
    columns.add(new Column("setting", Row::setting));
    columns.add(new Column("library", row -> label(row.peer())));
    columns.add(new Column(measure + ", median", row -> number(row.median())));
    columns.add(
        new Column("min – max", row -> number(row.smallest()) + " – " + number(row.largest())));
    columns.add(new Column("/ ours", row -> times(row, OURS, Row::median)));
    if (rows.stream().anyMatch(row -> row.peer().equals(LIMIT))) {
      columns.add(new Column("/ limit", row -> times(row, LIMIT, Row::median)));
    }
    if (rows.stream().anyMatch(row -> row.allocated().isPresent())) {
      columns.add(new Column("B allocated", row -> bytes(row.allocated())));
      columns.add(new Column("B / ours", row -> times(row, OURS, Table::allocated)));
    }
    if (rows.stream().anyMatch(row -> row.written().isPresent())) {
      columns.add(new Column("B written", row -> bytes(row.written())));
    }
  }

  void print(PrintStream out) {
    print(out, Column::heading);
    print(
        out,
        column ->
            column.heading().equals("setting") || column.heading().equals("library")
                ? "---"
                : "---:");
    for (Row row : rows) {
      print(out, column -> column.cell().apply(row));
    }
    out.println();
  }

  private void print(PrintStream out, Function<Column, String> cell) {
    out.println("| " + String.join(" | ", columns.stream().map(cell).toList()) + " |");
  }

  private static String label(String peer) {
    return switch (peer) {
      case OURS -> "**ours**";
      case LIMIT -> "limit: `LongAdder`s";
      case "client" -> "Java client, classic and native";
      case "clientClassic" -> "Java client, classic";
      case "micrometer" -> "Micrometer";
      case "otel" -> "OpenTelemetry, classic";
      case "otelExponential" -> "OpenTelemetry, native";
      case "codahale" -> "Codahale";
      case "codahaleLockFree" -> "Codahale, lock-free reservoir";
      case "stockBridge" -> "Codahale, stock bridge";
      case "stockBridgeLockFree" -> "Codahale, lock-free reservoir, stock bridge";
      default -> peer;
    };
  }

  private String times(Row row, String other, Function<Row, Double> of) {
    Optional<Double> base =
        rows.stream()
            .filter(each -> each.setting().equals(row.setting()) && each.peer().equals(other))
            .map(of)
            .findFirst();
    return base.filter(divisor -> divisor > 0)
        .map(divisor -> of.apply(row) / divisor)
        .map(ratio -> String.format(Locale.ROOT, "%.2f", ratio))
        .orElse(NOTHING);
  }

  /** Less than a tenth of a byte for each operation is what the measurement itself allocates. */
  private static double allocated(Row row) {
    return row.allocated().isPresent() && row.allocated().getAsDouble() >= 0.1
        ? row.allocated().getAsDouble()
        : 0;
  }

  private static String bytes(OptionalDouble bytes) {
    return bytes.isPresent() ? String.format(Locale.ROOT, "%,.0f", bytes.getAsDouble()) : NOTHING;
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, value < 1000 ? "%.1f" : "%,.0f", value);
  }
}
