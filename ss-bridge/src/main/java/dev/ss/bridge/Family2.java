package dev.ss.bridge;

import com.codahale.metrics.Metric;

/** A family with 2 labels. Series whose values are known from the start exist from the start. */
public final class Family2<A, B, M extends Metric> {
  private final FamilySeries<Texts, M> series;
  private final Label<A> a;
  private final Label<B> b;

  private record Texts(String a, String b) {}

  Family2(DeclaredSeries declared, FamilySpec<M> spec, Label<A> a, Label<B> b) {
    this.a = a;
    this.b = b;
    this.series =
        new FamilySeries<>(
            declared, spec, texts -> new LabelPair[] {a.pair(texts.a()), b.pair(texts.b())});
    for (A valueA : a.known()) {
      for (B valueB : b.known()) {
        series.declare(new Texts(a.text(valueA), b.text(valueB)));
      }
    }
  }

  /** The metric to record into. */
  public M with(A valueA, B valueB) {
    return series.get(new Texts(a.text(valueA), b.text(valueB)));
  }
}
