package dev.ss.bridge;

import com.codahale.metrics.Metric;
import dev.ss.bridge.DeclaredFamily.LabelTexts;

/** A family with 3 labels. Series whose values are known from the start exist from the start. */
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
          series.declare(new Texts(a.text(valueA), b.text(valueB), c.text(valueC)));
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

  /** The metric to record into. */
  public M with(A valueA, B valueB, C valueC) {
    return series.get(new Texts(a.text(valueA), b.text(valueB), c.text(valueC)));
  }
}
