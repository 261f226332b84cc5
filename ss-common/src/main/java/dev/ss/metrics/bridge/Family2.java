package dev.ss.metrics.bridge;

import com.codahale.metrics.Metric;

/** A family with 2 labels. Series whose values are known from the start exist from the start. */
public final class Family2<A, B, M extends Metric> {
  private final DeclaredSeries series;
  private final FamilySpec<M> spec;
  private final Label<A> a;
  private final Label<B> b;

  Family2(DeclaredSeries series, FamilySpec<M> spec, Label<A> a, Label<B> b) {
    this.series = series;
    this.spec = spec;
    this.a = a;
    this.b = b;
    for (A valueA : a.known()) {
      for (B valueB : b.known()) {
        series.declare(spec, a.is(valueA), b.is(valueB));
      }
    }
  }

  /** The metric to record into. */
  public M with(A valueA, B valueB) {
    return series.get(spec, a.is(valueA), b.is(valueB));
  }
}
