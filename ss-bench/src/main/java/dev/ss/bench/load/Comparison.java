package dev.ss.bench.load;

import dev.ss.bench.load.LoadFigures.Figure;
import dev.ss.bench.measure.Samples;
import dev.ss.bench.measure.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Stream;

/** The figures of several sides under the same loads, measured in turn. */
final class Comparison {
  private final Map<Load, Map<String, List<LoadFigures>>> measured = new EnumMap<>(Load.class);

  /** Adds what was measured of one side; the sides of a pair have the same position. */
  void add(Load load, String side, LoadFigures figures) {
    measured
        .computeIfAbsent(load, each -> new LinkedHashMap<>())
        .computeIfAbsent(side, each -> new ArrayList<>())
        .add(figures);
  }

  /** Prints the figures, in the order of these sides. */
  void printFigures(List<String> sides) {
    List<List<String>> rows = new ArrayList<>();
    for (Load load : measured.keySet()) {
      for (String side : sides) {
        rows.add(
            row(load, side, figure -> samples(load, side, figure).markdown(figure.decimals())));
      }
    }
    Table.print(headings("", Arrays.stream(Figure.values()).map(Figure::heading)), rows);
  }

  /** Prints, pair by pair, the ratio of the first side to each of the others. */
  void printRatios(String first, List<String> others) {
    List<List<String>> rows = new ArrayList<>();
    for (Load load : measured.keySet()) {
      for (String other : others) {
        rows.add(
            row(
                load,
                first + "/" + other,
                figure ->
                    samples(load, first, figure)
                        .dividedBy(samples(load, other, figure))
                        .markdown(3)));
      }
    }
    System.out.println();
    Table.print(
        headings("ratio, pair by pair", Arrays.stream(Figure.values()).map(Figure::ratioHeading)),
        rows);
  }

  private static List<String> headings(String second, Stream<String> figures) {
    return Stream.concat(Stream.of("load", second), figures).toList();
  }

  private static List<String> row(Load load, String side, Function<Figure, String> cell) {
    return Stream.concat(Stream.of(load.title(), side), Arrays.stream(Figure.values()).map(cell))
        .toList();
  }

  private Samples samples(Load load, String side, Figure figure) {
    return new Samples(
        measured.get(load).get(side).stream().map(each -> each.get(figure)).toList());
  }
}
