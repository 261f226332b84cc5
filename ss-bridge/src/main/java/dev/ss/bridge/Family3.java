package dev.ss.bridge;

import com.codahale.metrics.Metric;

/** A family with 3 labels. Series whose values are known from the start exist from the start. */
public final class Family3<A, B, C, M extends Metric> {
  private final FamilySeries<Texts, M> series;
  private final Label<A> a;
  private final Label<B> b;
  private final Label<C> c;

  private record Texts(String a, String b, String c) {}

  Family3(DeclaredSeries declared, FamilySpec<M> spec, Label<A> a, Label<B> b, Label<C> c) {
    this.a = a;
    this.b = b;
    this.c = c;
    this.series =
        new FamilySeries<>(
            declared,
            spec,
            texts -> new LabelPair[] {a.pair(texts.a()), b.pair(texts.b()), c.pair(texts.c())});
    for (A valueA : a.known()) {
      for (B valueB : b.known()) {
        for (C valueC : c.known()) {
          series.declare(new Texts(a.text(valueA), b.text(valueB), c.text(valueC)));
        }
      }
    }
  }

  /** The metric to record into. */
  public M with(A valueA, B valueB, C valueC) {
    return series.get(new Texts(a.text(valueA), b.text(valueB), c.text(valueC)));
  }
}
