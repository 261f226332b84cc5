package dev.ss.bridge;

import com.codahale.metrics.Metric;

/** A family with 1 label. Series whose values are known from the start exist from the start. */
public final class Family1<A, M extends Metric> {
  private final FamilySeries<String, M> series;
  private final Label<A> a;

  Family1(DeclaredSeries declared, FamilySpec<M> spec, Label<A> a) {
    this.a = a;
    this.series = new FamilySeries<>(declared, spec, text -> new LabelPair[] {a.pair(text)});
    for (A valueA : a.known()) {
      series.declare(a.text(valueA));
    }
  }

  /** The metric to record into. */
  public M with(A valueA) {
    return series.get(a.text(valueA));
  }
}
