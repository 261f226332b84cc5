package dev.ss.metrics.bridge;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import dev.ss.metrics.bridge.histogram.BucketHistogram;
import dev.ss.metrics.bridge.histogram.BucketTimer;
import dev.ss.metrics.bridge.naming.Mappings;
import dev.ss.metrics.bridge.rate.CountMeter;
import dev.ss.metrics.bridge.rate.RateTicker;
import dev.ss.metrics.bridge.scrape.GuardedReads;
import dev.ss.metrics.bridge.scrape.Scrape;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * A Codahale registry made for Prometheus.
 *
 * <ul>
 *   <li>Every {@link Timer} and {@link Histogram} that anybody asks it for, Dropwizard included,
 *       has buckets.
 *   <li>Labelled families are declared here. Their series are ordinary metrics of this registry,
 *       named {@code family{label="value"}}, so other reporters see them too.
 *   <li>{@link #scrape} is what Prometheus gets to see.
 * </ul>
 */
public final class BridgeRegistry extends MetricRegistry {
  private final ExportedMetrics exported;
  private final ExternalCollectors external;
  private final ForeignMetrics foreign;
  private final Scrapes scrapes;
  private final DeclaredSeries declared;
  private final RateTicker rates = new RateTicker();
  private final Set<String> seriesNames = ConcurrentHashMap.newKeySet();
  private volatile BucketRules bucketRules = BucketRules.none();

  /** An empty registry with the default limits. */
  public BridgeRegistry() {
    this(BridgeSettings.defaults());
  }

  /** An empty registry. */
  public BridgeRegistry(BridgeSettings settings) {
    GuardedReads reads = new GuardedReads(settings.readLimit(), settings.readBudget());
    declared = new DeclaredSeries(this, settings.seriesPerFamily());
    Drops drops = new Drops(declared::dropped);
    exported = new ExportedMetrics();
    external = new ExternalCollectors();
    foreign = new ForeignMetrics(exported, drops, seriesNames::contains);
    scrapes = new Scrapes(external, exported, reads, drops);
    DeclaredSeries.OWN.forEach(exported::reserve);
    addListener(foreign);
    addListener(rates);
  }

  /** Names foreign metrics so from now on, those that are registered already included. */
  public void use(Mappings mappings) {
    foreign.use(mappings);
  }

  /** Gives timers and histograms that are asked for from now on these buckets. */
  public void use(BucketRules rules) {
    bucketRules = rules;
  }

  /** Everything there is to see now, of the families whose names are wanted. */
  public Scrape scrape(Predicate<String> wanted) {
    return scrapes.scrape(wanted);
  }

  /** Keeps the rates up to date while it runs. */
  RateTicker rates() {
    return rates;
  }

  @Override
  public Meter meter(String name) {
    return super.meter(name, CountMeter::new);
  }

  @Override
  public Meter meter(String name, MetricSupplier<Meter> supplier) {
    return super.meter(name, ofOurs(Meter.class, supplier, CountMeter::new));
  }

  // Jetty's handlers and connections and JDBI come through the first of these two, Jersey's @Timed
  // through the second.

  @Override
  public Timer timer(String name) {
    return super.timer(name, () -> new BucketTimer(bucketRules.ofTimer(name)));
  }

  @Override
  public Timer timer(String name, MetricSupplier<Timer> supplier) {
    return super.timer(
        name, ofOurs(Timer.class, supplier, () -> new BucketTimer(bucketRules.ofTimer(name))));
  }

  @Override
  public Histogram histogram(String name) {
    return super.histogram(name, () -> new BucketHistogram(bucketRules.ofHistogram(name)));
  }

  @Override
  public Histogram histogram(String name, MetricSupplier<Histogram> supplier) {
    return super.histogram(
        name,
        ofOurs(
            Histogram.class, supplier, () -> new BucketHistogram(bucketRules.ofHistogram(name))));
  }

  /** Ours in place of Codahale's; a class of somebody's own is there for a reason. */
  private static <M extends Metric> MetricSupplier<M> ofOurs(
      Class<M> codahales, MetricSupplier<M> supplier, Supplier<M> ours) {
    return () -> {
      M metric = supplier.newMetric();
      return metric.getClass() == codahales ? ours.get() : metric;
    };
  }

  /** A family with one label. */
  public <A, M extends Metric> Family1<A, M> family(FamilySpec<M> spec, Label<A> a) {
    return new Family1<>(declared, spec, a);
  }

  /** A family with two labels. */
  public <A, B, M extends Metric> Family2<A, B, M> family(
      FamilySpec<M> spec, Label<A> a, Label<B> b) {
    return new Family2<>(declared, spec, a, b);
  }

  /** A family with three labels. */
  public <A, B, C, M extends Metric> Family3<A, B, C, M> family(
      FamilySpec<M> spec, Label<A> a, Label<B> b, Label<C> c) {
    return new Family3<>(declared, spec, a, b, c);
  }

  /**
   * Registers a value to be read at each scrape. It must be at hand without waiting; null means
   * that it is not known now, and leaves the series out.
   */
  public void read(FamilySpec<Gauge<?>> spec, Gauge<? extends Number> value, LabelPair... labels) {
    exported.add(spec, labels(labels), new ReadMetric(spec.name(), value, true));
    registerSeries(spec, value, labels);
  }

  /**
   * Adds families from elsewhere. They are collected at each scrape, under a time limit.
   *
   * @param name of the collector, for {@code ss_collector_success} and its like
   */
  public void collector(String name, Supplier<MetricSnapshots> collector) {
    external.add(name, collector, new CollectorStatus(this, name, Clock.defaultClock()));
  }

  /** A series of a declared family, registered here as an ordinary metric. */
  <M extends Metric> M add(FamilySpec<M> spec, LabelPair... labels) {
    M metric = spec.newMetric();
    exported.add(spec, labels(labels), metric);
    if (metric instanceof BucketTimer timer) {
      spec.counter().ifPresent(counter -> addCounter(counter, timer.meter(), labels));
    }
    registerSeries(spec, metric, labels);
    return metric;
  }

  private void addCounter(FamilySpec<Meter> spec, Meter meter, LabelPair... labels) {
    exported.add(spec, labels(labels), meter);
    registerSeries(spec, meter, labels);
  }

  private static Labels labels(LabelPair... pairs) {
    Labels.Builder labels = Labels.builder();
    for (LabelPair pair : pairs) {
      labels.label(pair.name(), pair.value());
    }
    return labels.build();
  }

  private void registerSeries(FamilySpec<?> spec, Metric metric, LabelPair... labels) {
    String name = seriesName(spec, labels);
    seriesNames.add(name);
    register(name, metric);
  }

  private static String seriesName(FamilySpec<?> spec, LabelPair... labels) {
    return spec.name()
        + Arrays.stream(labels)
            .map(label -> label.name() + "=\"" + label.value() + "\"")
            .collect(Collectors.joining(",", "{", "}"));
  }
}
