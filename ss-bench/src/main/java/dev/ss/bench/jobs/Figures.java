package dev.ss.bench.jobs;

import dev.ss.bench.measure.Samples;
import dev.ss.bench.measure.Table;
import java.util.EnumMap;
import java.util.Map;

/** The measured values of all runs of a side. */
final class Figures {
  /** All values except the rates are per job. */
  enum Figure {
    RATE(0),
    FIRST_TENTH(0),
    LAST_TENTH(0),
    CLIENT_CPU(2),
    SERVER_CPU(2),
    WAL_BYTES(0),
    DEAD_ROWS(1),
    COMMITS(2);

    private final int decimals;

    Figure(int decimals) {
      this.decimals = decimals;
    }
  }

  private final Map<Figure, Samples> samples = new EnumMap<>(Figure.class);

  void add(Figure figure, double value) {
    samples.computeIfAbsent(figure, each -> new Samples()).add(value);
  }

  boolean isEmpty() {
    return samples.isEmpty();
  }

  Samples of(Figure figure) {
    return samples.get(figure);
  }

  /** Returns {@code median (min – max)}. */
  String range(Figure figure) {
    return of(figure).text(figure.decimals);
  }

  String median(Figure figure) {
    return Table.number(of(figure).median(), figure.decimals);
  }
}
