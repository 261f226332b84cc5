package dev.ss.metrics.bridge;

import com.codahale.metrics.Metric;

/** A family with 1 label. Series whose value are known from the start exist from the start. */
public final class Family1<A, M extends Metric> {
  private final DeclaredSeries series;
  private final FamilySpec<M> spec;
  private final Label<A> a;

  Family1(DeclaredSeries series, FamilySpec<M> spec, Label<A> a) {
    this.series = series;
    this.spec = spec;
    this.a = a;
    for (A valueA : a.known()) {
      series.declare(spec, a.is(valueA));
    }
  }

  /** The metric to record into. */
  public M with(A valueA) {
    return series.get(spec, a.is(valueA));
  }
}
