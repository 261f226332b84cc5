package dev.ss.cli.text;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/** Rows below a head, in columns that are as wide as they need to be. */
public final class Table {
  private final List<String> head;
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... head) {
    this.head = List.of(head);
  }

  /** Adds a row; control characters are replaced. */
  public Table row(Object... cells) {
    rows.add(List.of(cells).stream().map(Table::cell).toList());
    return this;
  }

  private static String cell(Object value) {
    String text = value instanceof JsonNode json ? json(json) : value.toString();
    return text.isEmpty() ? "-" : Plain.text(text);
  }

  private static String json(JsonNode value) {
    return value.isNull() || value.isMissingNode() ? "-" : value.asText();
  }

  /** Writes it; words that have a colour get it. */
  public String text(Terminal terminal) {
    List<List<String>> all = new ArrayList<>();
    all.add(head);
    all.addAll(rows);
    int[] widths =
        IntStream.range(0, head.size())
            .map(i -> all.stream().mapToInt(row -> width(row.get(i))).max().orElse(0))
            .toArray();
    StringBuilder text = new StringBuilder();
    text.append(line(head, widths, name -> terminal.coloured(Colour.BOLD, name)));
    rows.forEach(
        row -> text.append(line(row, widths, word -> terminal.coloured(Colour.of(word), word))));
    return text.toString();
  }

  private static String line(List<String> cells, int[] widths, UnaryOperator<String> colour) {
    StringBuilder line = new StringBuilder();
    for (int i = 0; i < widths.length; i++) {
      line.append(colour.apply(cells.get(i)));
      if (i < widths.length - 1) {
        line.append(" ".repeat(widths[i] - width(cells.get(i)) + 2));
      }
    }
    return line.append('\n').toString();
  }

  private static int width(String text) {
    return text.codePointCount(0, text.length());
  }
}
