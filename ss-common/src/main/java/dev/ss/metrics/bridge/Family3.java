package dev.ss.metrics.bridge;

import com.codahale.metrics.Metric;

/** A family with 3 labels. Series whose values are known from the start exist from the start. */
public final class Family3<A, B, C, M extends Metric> {
  private final BridgeRegistry registry;
  private final FamilySpec<M> spec;
  private final Label<A> a;
  private final Label<B> b;
  private final Label<C> c;

  Family3(BridgeRegistry registry, FamilySpec<M> spec, Label<A> a, Label<B> b, Label<C> c) {
    this.registry = registry;
    this.spec = spec;
    this.a = a;
    this.b = b;
    this.c = c;
    for (A valueA : a.known()) {
      for (B valueB : b.known()) {
        for (C valueC : c.known()) {
          with(valueA, valueB, valueC);
        }
      }
    }
  }

  /** The metric to record into. */
  public M with(A valueA, B valueB, C valueC) {
    return registry.series(spec, a.is(valueA), b.is(valueB), c.is(valueC));
  }
}
