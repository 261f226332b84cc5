package dev.ss.bench.jobs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Values of one quantity, in the order of measurement. */
final class Samples {
  private final List<Double> values = new ArrayList<>();

  void add(double value) {
    values.add(value);
  }

  /** Divides each value by the other quantity's value of the same run. */
  Samples dividedBy(Samples others) {
    Samples ratios = new Samples();
    for (int i = 0; i < values.size(); i++) {
      ratios.add(values.get(i) / others.values.get(i));
    }
    return ratios;
  }

  double median() {
    return quantile(0.5);
  }

  /** Returns the smallest value that this part of all values does not exceed. */
  double quantile(double part) {
    List<Double> sorted = sorted();
    int rank = (int) Math.ceil(part * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }

  /** Returns {@code median (min – max)}. */
  String text(int decimals) {
    List<Double> sorted = sorted();
    String number = "%." + decimals + "f";
    return String.format(
        Locale.ROOT,
        number + " (" + number + " – " + number + ")",
        median(),
        sorted.get(0),
        sorted.get(sorted.size() - 1));
  }

  private List<Double> sorted() {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted;
  }
}
