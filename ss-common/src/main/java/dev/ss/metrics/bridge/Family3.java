package dev.ss.metrics.bridge;

import com.codahale.metrics.Metric;

/** A family with 3 labels. Series whose values are known from the start exist from the start. */
public final class Family3<A, B, C, M extends Metric> {
  private final DeclaredSeries series;
  private final FamilySpec<M> spec;
  private final Label<A> a;
  private final Label<B> b;
  private final Label<C> c;

  Family3(DeclaredSeries series, FamilySpec<M> spec, Label<A> a, Label<B> b, Label<C> c) {
    this.series = series;
    this.spec = spec;
    this.a = a;
    this.b = b;
    this.c = c;
    for (A valueA : a.known()) {
      for (B valueB : b.known()) {
        for (C valueC : c.known()) {
          series.declare(spec, a.is(valueA), b.is(valueB), c.is(valueC));
        }
      }
    }
  }

  /** The metric to record into. */
  public M with(A valueA, B valueB, C valueC) {
    return series.get(spec, a.is(valueA), b.is(valueB), c.is(valueC));
  }
}
