package dev.ss.metrics.bridge;

import com.codahale.metrics.Metric;

/** A family with 2 labels. Series whose values are known from the start exist from the start. */
public final class Family2<A, B, M extends Metric> {
  private final BridgeRegistry registry;
  private final FamilySpec<M> spec;
  private final Label<A> a;
  private final Label<B> b;

  Family2(BridgeRegistry registry, FamilySpec<M> spec, Label<A> a, Label<B> b) {
    this.registry = registry;
    this.spec = spec;
    this.a = a;
    this.b = b;
    for (A valueA : a.known()) {
      for (B valueB : b.known()) {
        with(valueA, valueB);
      }
    }
  }

  /** The metric to record into. */
  public M with(A valueA, B valueB) {
    return registry.series(spec, a.is(valueA), b.is(valueB));
  }
}
