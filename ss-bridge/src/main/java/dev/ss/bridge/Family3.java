package dev.ss.bridge;

import com.codahale.metrics.Metric;
import dev.ss.bridge.DeclaredFamily.LabelTexts;

/**
 * A family with three labels. Series of enum constants and fixed sets exist from the start.
 * Thread-safe.
 *
 * @param <A> what callers pass as the first label's value
 * @param <B> what callers pass as the second label's value
 * @param <C> what callers pass as the third label's value
 * @param <M> the Codahale metric that records
 */
public final class Family3<A, B, C, M extends Metric> {
  private final DeclaredFamily<Texts, M> series;
  private final Label<A> a;
  private final Label<B> b;
  private final Label<C> c;

  private record Texts(String a, String b, String c) {}

  Family3(BridgeRegistry registry, FamilySpec<M> spec, Label<A> a, Label<B> b, Label<C> c) {
    this.a = a;
    this.b = b;
    this.c = c;
    this.series = registry.declared(spec, new ThreeTexts(a.name(), b.name(), c.name()));
    for (A valueA : a.known()) {
      for (B valueB : b.known()) {
        for (C valueC : c.known()) {
          series.declare(
              new Texts(a.text(valueA), b.text(valueB), c.text(valueC)),
              a.isAtStart(valueA) && b.isAtStart(valueB) && c.isAtStart(valueC));
        }
      }
    }
  }

  private record ThreeTexts(String a, String b, String c) implements LabelTexts<Texts> {
    @Override
    public String[] names() {
      return new String[] {a, b, c};
    }

    @Override
    public String[] split(Texts key) {
      return new String[] {key.a(), key.b(), key.c()};
    }

    @Override
    public Texts join(String... texts) {
      return new Texts(texts[0], texts[1], texts[2]);
    }
  }

  /**
   * Returns the metric to record into. Past the family's cap, values that no series has had become
   * {@code _other}.
   */
  public M with(A valueA, B valueB, C valueC) {
    return series.get(new Texts(a.text(valueA), b.text(valueB), c.text(valueC)));
  }
}
