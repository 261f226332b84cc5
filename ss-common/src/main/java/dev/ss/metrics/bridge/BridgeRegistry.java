package dev.ss.metrics.bridge;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Collectors;

/**
 * A Codahale registry made for Prometheus.
 *
 * <ul>
 *   <li>Every {@link Timer} that anybody asks it for, Dropwizard included, has buckets.
 *   <li>Labelled families are declared here. Their series are ordinary metrics of this registry,
 *       named {@code family{label="value"}}, so other reporters see them too.
 *   <li>{@link #exported()} is what Prometheus gets to see.
 * </ul>
 */
public final class BridgeRegistry extends MetricRegistry {
  private final ConcurrentMap<List<String>, Metric> series = new ConcurrentHashMap<>();
  private final ExportedMetrics exported = new ExportedMetrics();

  /** An empty registry. */
  public BridgeRegistry() {
    addListener(new ForeignMetrics(exported));
  }

  /** Every family of this registry, for a Prometheus registry to collect. */
  public ExportedMetrics exported() {
    return exported;
  }

  // Jetty's handlers and connections and JDBI come through the first of these two, Jersey's @Timed
  // through the second.

  @Override
  public Timer timer(String name) {
    return super.timer(name, () -> new BucketTimer(Buckets.LATENCY));
  }

  @Override
  public Timer timer(String name, MetricSupplier<Timer> supplier) {
    return super.timer(
        name,
        () -> {
          Timer timer = supplier.newMetric();
          return timer.getClass() == Timer.class ? new BucketTimer(Buckets.LATENCY) : timer;
        });
  }

  /** A family with one label. */
  public <A, M extends Metric> Family1<A, M> family(FamilySpec<M> spec, Label<A> a) {
    return new Family1<>(this, spec, a);
  }

  /** A family with two labels. */
  public <A, B, M extends Metric> Family2<A, B, M> family(
      FamilySpec<M> spec, Label<A> a, Label<B> b) {
    return new Family2<>(this, spec, a, b);
  }

  /** A family with three labels. */
  public <A, B, C, M extends Metric> Family3<A, B, C, M> family(
      FamilySpec<M> spec, Label<A> a, Label<B> b, Label<C> c) {
    return new Family3<>(this, spec, a, b, c);
  }

  /** Registers a value to be read at each scrape. */
  public void read(FamilySpec<Gauge<?>> spec, Gauge<? extends Number> value, LabelPair... labels) {
    add(spec, value, labels);
  }

  /** The metric of this series, made when it is first asked for. */
  @SuppressWarnings("unchecked") // a spec makes metrics of its own type only
  <M extends Metric> M series(FamilySpec<M> spec, LabelPair... labels) {
    List<String> key = key(spec, labels);
    Metric known = series.get(key);
    return (M)
        (known != null
            ? known
            : series.computeIfAbsent(key, absent -> add(spec, spec.newMetric(), labels)));
  }

  private <M extends Metric> M add(FamilySpec<?> spec, M metric, LabelPair... labels) {
    exported.add(spec, labels, metric);
    register(seriesName(spec, labels), metric);
    return metric;
  }

  private static List<String> key(FamilySpec<?> spec, LabelPair... labels) {
    String[] key = new String[labels.length + 1];
    key[0] = spec.name();
    for (int i = 0; i < labels.length; i++) {
      key[i + 1] = labels[i].value();
    }
    return Arrays.asList(key);
  }

  private static String seriesName(FamilySpec<?> spec, LabelPair... labels) {
    return spec.name()
        + Arrays.stream(labels)
            .map(label -> label.name() + "=\"" + label.value() + "\"")
            .collect(Collectors.joining(",", "{", "}"));
  }
}
