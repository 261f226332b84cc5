package dev.ss.bridge;

import com.codahale.metrics.Metric;
import dev.ss.bridge.DeclaredFamily.LabelTexts;

/**
 * A family with one label. Series of enum constants and fixed sets exist from the start.
 * Thread-safe.
 *
 * @param <A> what callers pass as the label's value
 * @param <M> the Codahale metric that records
 */
public final class Family1<A, M extends Metric> {
  private final DeclaredFamily<String, M> series;
  private final Label<A> a;

  Family1(BridgeRegistry registry, FamilySpec<M> spec, Label<A> a) {
    this.a = a;
    this.series = registry.declared(spec, new OneText(a.name()));
    for (A valueA : a.known()) {
      series.declare(a.text(valueA), a.isAtStart(valueA));
    }
  }

  private record OneText(String name) implements LabelTexts<String> {
    @Override
    public String[] names() {
      return new String[] {name};
    }

    @Override
    public String[] split(String key) {
      return new String[] {key};
    }

    @Override
    public String join(String... texts) {
      return texts[0];
    }
  }

  /** Returns the metric to record into. Past the family's cap it is the series {@code _other}. */
  public M with(A valueA) {
    return series.get(a.text(valueA));
  }

  /** Removes the series of this value. */
  void forget(A valueA) {
    series.forget(a.text(valueA));
  }
}
