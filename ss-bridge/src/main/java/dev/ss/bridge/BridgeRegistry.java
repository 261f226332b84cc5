package dev.ss.bridge;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import dev.ss.bridge.DeclaredFamily.LabelTexts;
import dev.ss.bridge.internal.export.Collector;
import dev.ss.bridge.internal.export.DroppedMetrics;
import dev.ss.bridge.internal.export.ExportedFamilies;
import dev.ss.bridge.internal.export.ExportedFamily;
import dev.ss.bridge.internal.export.ForeignMetrics;
import dev.ss.bridge.internal.export.GuardedReads;
import dev.ss.bridge.internal.export.ReadMetric;
import dev.ss.bridge.internal.export.Scrape;
import dev.ss.bridge.internal.export.Scraper;
import dev.ss.bridge.internal.histogram.BucketHistogram;
import dev.ss.bridge.internal.histogram.BucketLayout;
import dev.ss.bridge.internal.histogram.Sampler;
import dev.ss.bridge.internal.naming.Mapping;
import dev.ss.bridge.internal.naming.Mappings;
import dev.ss.bridge.internal.rate.CountMeter;
import dev.ss.bridge.internal.rate.RateTicker;
import dev.ss.bridge.internal.rate.Rated;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * A Codahale registry made for Prometheus.
 *
 * <ul>
 *   <li>Every {@link Timer} and {@link Histogram} that anybody asks it for, Dropwizard included,
 *       has buckets.
 *   <li>Labelled families are declared here. Their series are ordinary metrics of this registry,
 *       named {@code family{label="value"}}, so other reporters see them too.
 *   <li>{@link MetricsServlet} and {@link MetricsHandler} serve it to Prometheus.
 * </ul>
 */
public final class BridgeRegistry extends MetricRegistry implements AutoCloseable {
  private static final Label<String> METRIC = Label.ofType("metric", name -> name);

  private final int seriesPerFamily;
  private final OwnFamilies own;
  private final ExportedFamilies exported = new ExportedFamilies();
  private final ConcurrentMap<String, DeclaredFamily<?, ?>> declared = new ConcurrentHashMap<>();
  private final Family1<String, Meter> overflows;
  private final ForeignMetrics foreign;
  private final GuardedReads reads;
  private final Scraper scraper;
  private final RateTicker rates = new RateTicker(BridgeRegistry::rated);
  private final Set<String> seriesNames = ConcurrentHashMap.newKeySet();
  private volatile BucketRules bucketRules = BucketRules.none();

  /** An empty registry with the default limits. */
  public BridgeRegistry() {
    this(BridgeSettings.defaults());
  }

  /** An empty registry. */
  public BridgeRegistry(BridgeSettings settings) {
    seriesPerFamily = settings.seriesPerFamily();
    own = new OwnFamilies(settings.prefix());
    overflows = new Family1<>(this, own.overflow(), METRIC);
    Family1<String, Meter> dropped = new Family1<>(this, own.dropped(), METRIC);
    DroppedMetrics drops = new DroppedMetrics(dropped::with, dropped::forget);
    foreign =
        new ForeignMetrics(
            exported,
            drops,
            settings.foreignMetrics(),
            seriesNames::contains,
            BridgeRegistry::bucketsOf);
    reads = new GuardedReads(settings.readLimit(), settings.readBudget());
    scraper = new Scraper(exported, reads, drops);
    addListener(foreign);
    addListener(rates);
  }

  /**
   * Sets the names and labels of the metrics that others register, those that are registered
   * already included.
   *
   * @param rules of which the first that matches decides
   * @param excludes globs of metrics not to export, unless a rule matches them
   * @throws IllegalArgumentException which names the rule that is malformed, or the two that
   *     collide
   */
  public void map(List<MappingRule> rules, List<String> excludes) {
    map(rules, excludes, List.of());
  }

  /**
   * Sets the names and labels of the metrics that others register, those that are registered
   * already included.
   *
   * @param rules of which the first that matches decides
   * @param excludes globs of metrics not to export, unless a rule matches them
   * @param sets ready-made rules that come after these, in this order
   * @throws IllegalArgumentException which names the rule that is malformed, or the two that
   *     collide
   */
  public void map(List<MappingRule> rules, List<String> excludes, List<MappingSet> sets) {
    List<String> allExcludes = new ArrayList<>(excludes);
    sets.forEach(set -> allExcludes.addAll(set.excludes()));
    foreign.use(compile(withSets(rules, sets), allExcludes));
  }

  /** A rule of a set gives way to one for the same metrics. */
  private static List<MappingRule> withSets(List<MappingRule> rules, List<MappingSet> sets) {
    Set<List<Object>> taken = new HashSet<>();
    rules.forEach(rule -> taken.add(rule.key()));
    Stream<MappingRule> ofSets =
        sets.stream()
            .distinct()
            .flatMap(set -> set.rules().stream())
            .filter(rule -> taken.add(rule.key()));
    return Stream.concat(rules.stream(), ofSets).toList();
  }

  static Mappings compile(List<MappingRule> rules, List<String> excludes) {
    return Mappings.of(rules.stream().map(BridgeRegistry::compile).toList(), excludes);
  }

  private static Mapping compile(MappingRule rule) {
    if (rule == null) {
      throw new IllegalArgumentException("metrics.mappings: an entry is empty");
    }
    return rule.compile();
  }

  /** Gives timers and histograms that are asked for from now on these buckets. */
  public void buckets(BucketRules rules) {
    bucketRules = rules;
  }

  /** Everything there is to see now, of the families whose names are wanted. */
  Scrape scrape(Predicate<String> wanted) {
    return scraper.scrape(wanted);
  }

  /**
   * Registers here whatever another registry has and gets, for one that cannot be replaced. Its
   * timers and histograms are exported as summaries: their values are sampled already, and cannot
   * be put into buckets.
   */
  public void include(MetricRegistry other) {
    other.addListener(new Forwarded(this, name -> {}));
  }

  /** Everything there is to see now, for whatever speaks the Java client's model. */
  public MetricSnapshots snapshots() {
    return scrape(name -> true).snapshots();
  }

  /**
   * Keeps the rates of meters and timers up to date from now on, with a look every five seconds.
   * Without it they are those between two readings. {@link BridgeBundle} starts its registry.
   */
  public void start() {
    rates.start();
  }

  /** Ends its threads. Metrics can still be recorded and scraped. */
  @Override
  public void close() {
    rates.stop();
    reads.close();
  }

  @Override
  public Meter meter(String name) {
    return super.meter(name, CountMeter::new);
  }

  // Jetty's handlers and connections and JDBI come through the first of these two, Jersey's @Timed
  // through the second.

  @Override
  public Timer timer(String name) {
    return super.timer(name, () -> new BucketTimer(bucketRules.ofTimer(name)));
  }

  @Override
  public Timer timer(String name, MetricSupplier<Timer> supplier) {
    return super.timer(name, () -> withBuckets(name, supplier.newMetric()));
  }

  @Override
  public Histogram histogram(String name) {
    return super.histogram(name, () -> new BucketHistogram(layout(name)));
  }

  @Override
  public Histogram histogram(String name, MetricSupplier<Histogram> supplier) {
    return super.histogram(name, () -> withBuckets(name, supplier.newMetric()));
  }

  private BucketLayout layout(String histogram) {
    return bucketRules.ofHistogram(histogram, foreign.unitOfHistogram(histogram)).layout();
  }

  /** Ours in place of Codahale's; a class of somebody's own is there for a reason. */
  private Timer withBuckets(String name, Timer supplied) {
    return supplied.getClass() == Timer.class
        ? new BucketTimer(bucketRules.ofTimer(name), Sampler.of(supplied))
        : supplied;
  }

  private Histogram withBuckets(String name, Histogram supplied) {
    return supplied.getClass() == Histogram.class
        ? new BucketHistogram(layout(name), Sampler.of(supplied))
        : supplied;
  }

  /**
   * Declares a family with one label.
   *
   * @throws IllegalArgumentException if its name is taken, or a label's name is
   */
  public <A, M extends Metric> Family1<A, M> family(FamilySpec<M> spec, Label<A> a) {
    return new Family1<>(this, spec, a);
  }

  /**
   * Declares a family with two labels.
   *
   * @throws IllegalArgumentException if its name is taken, or a label's name is
   */
  public <A, B, M extends Metric> Family2<A, B, M> family(
      FamilySpec<M> spec, Label<A> a, Label<B> b) {
    return new Family2<>(this, spec, a, b);
  }

  /**
   * Declares a family with three labels.
   *
   * @throws IllegalArgumentException if its name is taken, or a label's name is
   */
  public <A, B, C, M extends Metric> Family3<A, B, C, M> family(
      FamilySpec<M> spec, Label<A> a, Label<B> b, Label<C> c) {
    return new Family3<>(this, spec, a, b, c);
  }

  /**
   * A family that is declared now, or has been by the same specification and labels.
   *
   * @throws IllegalArgumentException if its name is taken, or a label's name is
   */
  @SuppressWarnings("unchecked") // what differs is refused
  <K, M extends Metric> DeclaredFamily<K, M> declared(FamilySpec<M> spec, LabelTexts<K> texts) {
    ExportedFamily family = declare(spec, Set.of(texts.names()));
    DeclaredFamily<?, ?> known =
        declared.computeIfAbsent(
            spec.name(), absent -> new DeclaredFamily<>(this, spec, texts, family));
    known.requireSame(spec, texts);
    return (DeclaredFamily<K, M>) known;
  }

  ExportedFamily declare(FamilySpec<?> spec, Set<String> labelNames) {
    return exported.declare(spec.definition(), labelNames);
  }

  int seriesPerFamily() {
    return seriesPerFamily;
  }

  /** Counts a recording that went to another series, but for those of this count itself. */
  void overflowed(FamilySpec<?> spec) {
    if (!spec.name().equals(own.overflow().name())) {
      overflows.with(spec.name()).mark();
    }
  }

  /**
   * Registers a value to be read at each scrape. It must be at hand without waiting; null means
   * that it is not known now, and leaves the series out.
   */
  public void read(FamilySpec<Gauge<?>> spec, Gauge<? extends Number> value, LabelPair... labels) {
    String[] names = Arrays.stream(labels).map(LabelPair::name).toArray(String[]::new);
    String[] values = Arrays.stream(labels).map(LabelPair::value).toArray(String[]::new);
    declare(spec, Set.of(names))
        .add(Labels.of(names, values), new ReadMetric(spec.name(), value, true));
    registerSeries(spec, value, names, values);
  }

  /**
   * Adds families from elsewhere. They are collected at each scrape, under a time limit.
   *
   * @param name of the collector, for {@code metrics_bridge_collector_success} and its like
   */
  public void collector(String name, Supplier<MetricSnapshots> collector) {
    CollectorStatus status = new CollectorStatus(this, name, Clock.defaultClock());
    scraper.add(new Collector(name, collector, status::succeeded, status::failed));
  }

  OwnFamilies ownFamilies() {
    return own;
  }

  /** What a scrape takes the values of a metric of ours from. */
  static Metric exported(Metric metric) {
    return metric instanceof BucketTimer timer ? timer.histogram() : metric;
  }

  private static Optional<BucketHistogram> bucketsOf(Timer timer) {
    return timer instanceof BucketTimer ours ? Optional.of(ours.histogram()) : Optional.empty();
  }

  private static Optional<Rated> rated(Metric metric) {
    if (metric instanceof BucketTimer timer) {
      return Optional.of(timer.meter());
    }
    return metric instanceof Rated rated ? Optional.of(rated) : Optional.empty();
  }

  /** Registers a series of a declared family as an ordinary metric, for other reporters. */
  void registerSeries(FamilySpec<?> spec, Metric metric, String[] labels, String[] values) {
    if (!own.has(spec)) {
      String name = seriesName(spec, labels, values);
      seriesNames.add(name);
      register(name, metric);
    }
  }

  private static String seriesName(FamilySpec<?> spec, String[] labels, String[] values) {
    return IntStream.range(0, labels.length)
        .mapToObj(i -> labels[i] + "=\"" + values[i] + "\"")
        .collect(Collectors.joining(",", spec.name() + "{", "}"));
  }
}
