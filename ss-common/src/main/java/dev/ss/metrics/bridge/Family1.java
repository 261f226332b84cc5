package dev.ss.metrics.bridge;

import com.codahale.metrics.Metric;

/** A family with 1 label. Series whose value are known from the start exist from the start. */
public final class Family1<A, M extends Metric> {
  private final BridgeRegistry registry;
  private final FamilySpec<M> spec;
  private final Label<A> a;

  Family1(BridgeRegistry registry, FamilySpec<M> spec, Label<A> a) {
    this.registry = registry;
    this.spec = spec;
    this.a = a;
    for (A valueA : a.known()) {
      with(valueA);
    }
  }

  /** The metric to record into. */
  public M with(A valueA) {
    return registry.series(spec, a.is(valueA));
  }
}
