package dev.ss.bench.measure;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Values of one quantity, in the order of measurement. */
public final class Samples {
  private final List<Double> values;

  /** Starts without values. */
  public Samples() {
    this(new ArrayList<>());
  }

  /** Takes these values. */
  public Samples(List<Double> values) {
    this.values = new ArrayList<>(values);
  }

  /** Adds a value. */
  public void add(double value) {
    values.add(value);
  }

  /** Returns how many values there are. */
  public int count() {
    return values.size();
  }

  /** Divides each value by the other quantity's value of the same run. */
  public Samples dividedBy(Samples others) {
    Samples ratios = new Samples();
    for (int i = 0; i < values.size(); i++) {
      ratios.add(values.get(i) / others.values.get(i));
    }
    return ratios;
  }

  /** Returns the middle value, or the mean of the two in the middle. */
  public double median() {
    List<Double> sorted = sorted();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Returns the smallest value that this part of all values does not exceed. */
  public double quantile(double part) {
    List<Double> sorted = sorted();
    int rank = (int) Math.ceil(part * sorted.size());
    return sorted.get(Math.max(0, rank - 1));
  }

  /** Returns {@code median (min – max)}. */
  public String text(int decimals) {
    return format("%1$s (%2$s – %3$s)", decimals);
  }

  /** Returns {@code **median** (min – max)}, which Markdown shows with a bold median. */
  public String markdown(int decimals) {
    return format("**%1$s** (%2$s – %3$s)", decimals);
  }

  private String format(String format, int decimals) {
    List<Double> sorted = sorted();
    return String.format(
        Locale.ROOT,
        format,
        Table.number(median(), decimals),
        Table.number(sorted.get(0), decimals),
        Table.number(sorted.get(sorted.size() - 1), decimals));
  }

  private List<Double> sorted() {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted;
  }
}
