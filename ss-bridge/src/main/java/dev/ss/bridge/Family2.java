package dev.ss.bridge;

import com.codahale.metrics.Metric;
import dev.ss.bridge.DeclaredFamily.LabelTexts;

/**
 * A family with two labels. Series of enum constants and fixed sets exist from the start.
 * Thread-safe.
 *
 * @param <A> what callers pass as the first label's value
 * @param <B> what callers pass as the second label's value
 * @param <M> the Codahale metric that records
 */
public final class Family2<A, B, M extends Metric> {
  private final DeclaredFamily<Texts, M> series;
  private final Label<A> a;
  private final Label<B> b;

  private record Texts(String a, String b) {}

  Family2(BridgeRegistry registry, FamilySpec<M> spec, Label<A> a, Label<B> b) {
    this.a = a;
    this.b = b;
    this.series = registry.declared(spec, new TwoTexts(a.name(), b.name()));
    for (A valueA : a.known()) {
      for (B valueB : b.known()) {
        series.declare(
            new Texts(a.text(valueA), b.text(valueB)), a.isAtStart(valueA) && b.isAtStart(valueB));
      }
    }
  }

  private record TwoTexts(String a, String b) implements LabelTexts<Texts> {
    @Override
    public String[] names() {
      return new String[] {a, b};
    }

    @Override
    public String[] split(Texts key) {
      return new String[] {key.a(), key.b()};
    }

    @Override
    public Texts join(String... texts) {
      return new Texts(texts[0], texts[1]);
    }
  }

  /**
   * Returns the metric to record into. Past the family's cap, values that no series has had become
   * {@code _other}.
   */
  public M with(A valueA, B valueB) {
    return series.get(new Texts(a.text(valueA), b.text(valueB)));
  }
}
