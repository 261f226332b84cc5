package dev.ss.bridge;

import com.codahale.metrics.Metric;
import dev.ss.bridge.DeclaredFamily.LabelTexts;

/** A family with 2 labels. Series whose values are known from the start exist from the start. */
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
        series.declare(new Texts(a.text(valueA), b.text(valueB)));
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

  /** The metric to record into. */
  public M with(A valueA, B valueB) {
    return series.get(new Texts(a.text(valueA), b.text(valueB)));
  }
}
