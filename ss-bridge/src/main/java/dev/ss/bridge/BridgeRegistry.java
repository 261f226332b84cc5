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
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A Codahale registry that Prometheus can scrape. Thread-safe.
 *
 * <ul>
 *   <li>Every {@link Timer} and {@link Histogram} that a caller asks it for, Dropwizard included,
 *       has buckets.
 *   <li>The application declares labelled families here. Their series are ordinary metrics of this
 *       registry, named {@code family{label="value"}}, so other reporters see them too.
 *   <li>{@link MetricsServlet} and {@link MetricsHandler} serve it to Prometheus.
 * </ul>
 */
public final class BridgeRegistry extends MetricRegistry implements AutoCloseable {
  private static final Label<String> METRIC = Label.ofType("metric", name -> name);

  private final int seriesPerFamily;
  private final OwnFamilies own;
  private final ExportedFamilies exported;
  private final ConcurrentMap<String, DeclaredFamily<?, ?>> declared = new ConcurrentHashMap<>();
  private final FamilySpec<Meter> overflow;
  private final Family1<String, Meter> overflows;
  private final ForeignMetrics foreign;
  private final GuardedReads reads;
  private final Scraper scraper;
  private final RateTicker rates = new RateTicker(BridgeRegistry::rated);
  private final Set<String> seriesNames = ConcurrentHashMap.newKeySet();
  private volatile BucketRules bucketRules = BucketRules.none();

  /** Makes an empty registry with the default limits. */
  public BridgeRegistry() {
    this(BridgeSettings.defaults());
  }

  public BridgeRegistry(BridgeSettings settings) {
    seriesPerFamily = settings.seriesPerFamily();
    exported = new ExportedFamilies(settings.emptyHistograms());
    own = new OwnFamilies(settings.prefix());
    overflow = own.overflow();
    overflows = new Family1<>(this, overflow, METRIC);
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
   * Sets the names and labels of the metrics that others register, including those already
   * registered. It replaces earlier rules.
   *
   * @param rules the rules, of which the first match decides
   * @param excludes globs of metrics not to export, unless a rule matches them
   * @throws IllegalArgumentException if a rule is malformed or two rules collide; the message names
   *     them
   */
  public void map(List<MappingRule> rules, List<String> excludes) {
    map(rules, excludes, List.of());
  }

  /**
   * Sets the names and labels of the metrics that others register, including those already
   * registered. It replaces earlier rules.
   *
   * @param rules the rules, of which the first match decides
   * @param excludes globs of metrics not to export, unless a rule matches them
   * @param sets ready-made rules that come after {@code rules}, in this order
   * @throws IllegalArgumentException if a rule is malformed or two rules collide; the message names
   *     them
   */
  public void map(List<MappingRule> rules, List<String> excludes, List<MappingSet> sets) {
    List<String> allExcludes = new ArrayList<>(excludes);
    sets.forEach(set -> allExcludes.addAll(set.excludes()));
    foreign.use(compile(withSets(rules, sets), allExcludes));
  }

  /**
   * Leaves out the rules of sets that an earlier rule replaces, because it is for the same metrics.
   */
  private static List<MappingRule> withSets(List<MappingRule> rules, List<MappingSet> sets) {
    Set<List<@Nullable Object>> taken = new HashSet<>();
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

  private static Mapping compile(@Nullable MappingRule rule) {
    if (rule == null) {
      throw new IllegalArgumentException("metrics.mappings: an entry is empty");
    }
    return rule.compile();
  }

  /** Sets the buckets of timers and histograms that are created from now on. */
  public void buckets(BucketRules rules) {
    bucketRules = rules;
  }

  /** Scrapes the families whose names are wanted. */
  Scrape scrape(Predicate<String> wanted) {
    return scraper.scrape(wanted);
  }

  /**
   * Registers here all present and future metrics of another registry, for one that cannot be
   * replaced; metrics removed there are removed here. Its timers and histograms are exported as
   * summaries: they have already sampled their values, which therefore cannot be put into buckets.
   */
  public void include(MetricRegistry other) {
    other.addListener(new Forwarded(this, name -> {}));
  }

  /** Scrapes everything, as the Java client's model. */
  public MetricSnapshots snapshots() {
    return scrape(name -> true).snapshots();
  }

  /**
   * Updates the rates of meters and timers every five seconds from now on. Without it, a rate is
   * updated only when it is read. {@link BridgeBundle} starts its registry.
   */
  public void start() {
    rates.start();
  }

  /** Ends the registry's threads. Metrics can still be recorded and scraped. */
  @Override
  public void close() {
    rates.stop();
    reads.close();
  }

  @Override
  public Meter meter(String name) {
    return super.meter(name, CountMeter::new);
  }

  // Jetty's handlers and connections and JDBI call the first of these two methods, Jersey's @Timed
  // the second.

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

  /**
   * Replaces a plain Codahale timer by one with buckets, but keeps a subclass, which was chosen on
   * purpose.
   */
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
   * Declares a family with one label. Declaring it again in the same way returns the same series.
   *
   * @throws IllegalArgumentException if its name is taken, it was declared differently, or the
   *     family cannot have this label
   */
  public <A, M extends Metric> Family1<A, M> family(FamilySpec<M> spec, Label<A> a) {
    return new Family1<>(this, spec, a);
  }

  /**
   * Declares a family with two labels. Declaring it again in the same way returns the same series.
   *
   * @throws IllegalArgumentException if its name is taken, it was declared differently, or the
   *     family cannot have these labels
   */
  public <A, B, M extends Metric> Family2<A, B, M> family(
      FamilySpec<M> spec, Label<A> a, Label<B> b) {
    return new Family2<>(this, spec, a, b);
  }

  /**
   * Declares a family with three labels. Declaring it again in the same way returns the same
   * series.
   *
   * @throws IllegalArgumentException if its name is taken, it was declared differently, or the
   *     family cannot have these labels
   */
  public <A, B, C, M extends Metric> Family3<A, B, C, M> family(
      FamilySpec<M> spec, Label<A> a, Label<B> b, Label<C> c) {
    return new Family3<>(this, spec, a, b, c);
  }

  /**
   * Returns the family of this specification and these labels; declares it if it is new.
   *
   * @throws IllegalArgumentException if its name is taken, it was declared differently, or the
   *     family cannot have these labels
   */
  @SuppressWarnings("unchecked") // requireSame has checked the types
  <K, M extends Metric> DeclaredFamily<K, M> declared(FamilySpec<M> spec, LabelTexts<K> texts) {
    ExportedFamily family = declare(spec, texts.names());
    DeclaredFamily<?, ?> known =
        declared.computeIfAbsent(
            spec.name(), absent -> new DeclaredFamily<>(this, spec, texts, family));
    known.requireSame(spec, texts);
    return (DeclaredFamily<K, M>) known;
  }

  ExportedFamily declare(FamilySpec<?> spec, String... labelNames) {
    Set<String> names = new TreeSet<>(List.of(labelNames));
    if (names.size() < labelNames.length) {
      throw new IllegalArgumentException(
          "%s has two labels of the same name: %s".formatted(spec.name(), List.of(labelNames)));
    }
    return exported.declare(spec.definition(), names);
  }

  int seriesPerFamily() {
    return seriesPerFamily;
  }

  /**
   * Counts a recording that went to another series; overflows of this count itself are not counted.
   */
  void overflowed(FamilySpec<?> spec) {
    if (!spec.name().equals(overflow.name())) {
      overflows.with(spec.name()).mark();
    }
  }

  /**
   * Registers a gauge that is read at each scrape. It should answer without waiting. Null means
   * that the value is not known now, and leaves the series out of the scrape.
   *
   * @throws IllegalArgumentException if the family's name is taken, it was declared differently, or
   *     it has a series with these labels
   */
  public void read(
      FamilySpec<Gauge<?>> spec, Gauge<? extends @Nullable Number> value, LabelPair... labels) {
    String[] names = Arrays.stream(labels).map(LabelPair::name).toArray(String[]::new);
    String[] values = Arrays.stream(labels).map(LabelPair::value).toArray(String[]::new);
    declare(spec, names).add(Labels.of(names, values), new ReadMetric(spec.name(), value, true));
    registerSeries(spec, value, names, values);
  }

  /**
   * Adds families from elsewhere. They are collected at each scrape, within the read limit.
   *
   * @param name the collector's name, the label value in {@code metrics_bridge_collector_success}
   *     and its like
   */
  public void collector(String name, Supplier<MetricSnapshots> collector) {
    CollectorStatus status = new CollectorStatus(this, name, Clock.defaultClock());
    scraper.add(new Collector(name, collector, status::succeeded, status::failed));
  }

  OwnFamilies ownFamilies() {
    return own;
  }

  /** Returns the object that a scrape reads the values of one of our metrics from. */
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
