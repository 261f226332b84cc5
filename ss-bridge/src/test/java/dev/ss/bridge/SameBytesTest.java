package dev.ss.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import com.codahale.metrics.SlidingWindowReservoir;
import dev.ss.bridge.internal.exposition.ExpositionFormat;
import dev.ss.bridge.internal.exposition.Page;
import dev.ss.bridge.internal.scrape.Scrape;
import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.core.metrics.Info;
import io.prometheus.metrics.core.metrics.StateSet;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.MetricFamily;
import io.prometheus.metrics.instrumentation.jvm.JvmMetrics;
import io.prometheus.metrics.model.registry.PrometheusRegistry;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Unit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/**
 * What we write is what the Java client's writers do for the same readings, byte for byte; see
 * withCreation.
 */
class SameBytesTest {
  private static final Label<String> TEXT = Label.ofType("text", same -> same);
  private static final Label<String> CITY = Label.ofType("city", same -> same);
  private static final String TRACE = "4bf92f3577b34da6a3ce929d0e0e4736";

  private final BridgeRegistry registry = new BridgeRegistry();

  private static void assertSame(BridgeRegistry registry) {
    assertSame(registry, name -> true);
  }

  private static void assertSame(BridgeRegistry registry, Predicate<String> wanted) {
    Scrape scrape = registry.scrape(wanted);
    assertSame(scrape, ExpositionFormat.TEXT, PrometheusTextFormatWriter.create());
    assertSame(scrape, ExpositionFormat.OPEN_METRICS, OpenMetricsTextFormatWriter.create());
    assertSame(scrape, ExpositionFormat.PROTOBUF, new PrometheusProtobufWriter());
  }

  private static void assertSame(
      Scrape scrape, ExpositionFormat format, ExpositionFormatWriter client) {
    ByteArrayOutputStream ours = new ByteArrayOutputStream();
    ByteArrayOutputStream theirs = new ByteArrayOutputStream();
    try {
      Page page = new Page();
      scrape.write(format, page);
      page.sendTo(ours);
      client.write(theirs, scrape.snapshots(), EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    if (format != ExpositionFormat.PROTOBUF) {
      assertThat(ours.toString(UTF_8)).isEqualTo(theirs.toString(UTF_8));
    }
    assertThat(ours.toByteArray()).isEqualTo(withCreation(format, theirs, ours));
  }

  /** The client says of counters alone since when they count; we say it of histograms too. */
  private static byte[] withCreation(
      ExpositionFormat format, ByteArrayOutputStream theirs, ByteArrayOutputStream ours) {
    if (format != ExpositionFormat.PROTOBUF) {
      return theirs.toByteArray();
    }
    ByteArrayInputStream ourInput = new ByteArrayInputStream(ours.toByteArray());
    ByteArrayInputStream theirInput = new ByteArrayInputStream(theirs.toByteArray());
    ByteArrayOutputStream added = new ByteArrayOutputStream();
    try {
      for (MetricFamily family = MetricFamily.parseDelimitedFrom(theirInput);
          family != null;
          family = MetricFamily.parseDelimitedFrom(theirInput)) {
        MetricFamily our = MetricFamily.parseDelimitedFrom(ourInput);
        MetricFamily.Builder builder = family.toBuilder();
        for (int i = 0;
            our != null && i < Math.min(our.getMetricCount(), family.getMetricCount());
            i++) {
          if (our.getMetric(i).getHistogram().hasCreatedTimestamp()) {
            builder
                .getMetricBuilder(i)
                .getHistogramBuilder()
                .setCreatedTimestamp(our.getMetric(i).getHistogram().getCreatedTimestamp());
          }
        }
        builder.build().writeDelimitedTo(added);
      }
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return added.toByteArray();
  }

  /** Of any characters, but more often of those that have to be escaped. */
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.oneOf(
        Arbitraries.strings().all().ofMaxLength(20),
        Arbitraries.strings().withChars("\\\"\n\ra{},= \uD83D\uDE00").ofMaxLength(10));
  }

  @Provide
  Arbitrary<Double> numbers() {
    return Arbitraries.oneOf(
        Arbitraries.longs().map(Double::longBitsToDouble),
        Arbitraries.longs().between(-20_000_000, 20_000_000).map(whole -> (double) whole),
        Arbitraries.of(
            0.0, -0.0, 1.0, 9_999_999.0, 1e7, Double.NaN, 1 / 0.0, -1 / 0.0, Long.MAX_VALUE * 1.0));
  }

  @Provide
  Arbitrary<List<Double>> bounds() {
    return Arbitraries.longs()
        .between(1, 1L << 60)
        .list()
        .uniqueElements()
        .ofMaxSize(15)
        .map(nanos -> nanos.stream().sorted().map(each -> each / 1e9).distinct().toList());
  }

  @Provide
  Arbitrary<Long> durations() {
    return Arbitraries.longs().greaterOrEqual(-10).edgeCases(cases -> cases.add(Long.MAX_VALUE));
  }

  @Property(tries = 300)
  void gauges(
      @ForAll("texts") String help,
      @ForAll @Size(max = 5) Set<@From("texts") String> values,
      @ForAll("numbers") double number) {
    BridgeRegistry gauges = new BridgeRegistry();
    FamilySpec<Gauge<?>> spec = FamilySpec.gauge("load", help);
    values.forEach(value -> gauges.read(spec, () -> number, TEXT.is(value), CITY.is("ulm")));
    gauges.read(FamilySpec.gauge("load_now", help), () -> number);

    assertSame(gauges);
  }

  @Property
  void counters(
      @ForAll("texts") String help,
      @ForAll @Size(max = 5) Set<@From("texts") String> values,
      @ForAll @LongRange(min = 0) long count) {
    BridgeRegistry counters = new BridgeRegistry();
    Family1<String, Meter> parcels =
        counters.family(FamilySpec.counter("parcels_total", help), TEXT);
    values.forEach(value -> parcels.with(value).mark(count));

    assertSame(counters);
  }

  @Property
  void histograms(
      @ForAll("bounds") List<Double> bounds,
      @ForAll @Size(max = 3) Set<@From("texts") String> values,
      @ForAll @Size(max = 20) List<@From("durations") Long> durations,
      @ForAll boolean traced) {
    BridgeRegistry histograms = new BridgeRegistry();
    Buckets buckets = Buckets.ofSeconds(bounds.stream().mapToDouble(each -> each).toArray());
    Family1<String, BucketTimer> rides =
        histograms.family(FamilySpec.histogram("ride_seconds", buckets, "Rides."), TEXT);
    for (String value : values) {
      BucketTimer ride = rides.with(value);
      durations.forEach(each -> ride.update(each, traced ? Optional.of(TRACE) : Optional.empty()));
    }

    assertSame(histograms);
  }

  /** The writer keeps short gaps within a span, and begins another after a longer one. */
  @Property(tries = 300)
  void gapsBetweenNativeBuckets(
      @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 6) Integer> steps) {
    BridgeRegistry histograms = new BridgeRegistry();
    FamilySpec<BucketTimer> spec = FamilySpec.histogram("ride_seconds", Buckets.LATENCY, "Rides.");
    Family1<String, BucketTimer> rides = histograms.family(spec, CITY);
    int index = -100;
    for (int step : steps) {
      index += step;
      double middle = Math.pow(2, (index - .5) / 8) * 1e9;
      for (int i = 0; i < step; i++) {
        rides.with("ulm").update((long) middle, Optional.empty());
      }
      rides.with("bonn").update((long) middle / 1000, Optional.empty());
      rides.with("zeven").update(step % 2, Optional.empty());
    }

    assertSame(histograms);
  }

  @Property(tries = 300)
  void summaries(
      @ForAll @Size(max = 20) List<@LongRange(min = 0) Long> sizes, @ForAll("texts") String name) {
    BridgeRegistry summaries = new BridgeRegistry();
    Histogram histogram = new Histogram(new SlidingWindowReservoir(10));
    sizes.forEach(histogram::update);
    summaries.register("sizes." + name, histogram);

    assertSame(summaries);
  }

  @Example
  void nothing() {
    assertSame(registry);
  }

  @Example
  void familiesWithoutSeriesOrValues() {
    registry.family(FamilySpec.counter("parcels_total", "Parcels."), TEXT);
    registry.read(FamilySpec.gauge("load", "Load."), () -> null);
    registry.gauge("weather", () -> () -> "rain");

    assertSame(registry);
  }

  @Example
  void anExemplarForEachBucketAndAnEmptyHistogram() {
    BucketTimer ride = (BucketTimer) registry.timer("ride");
    registry.timer("ride.again");
    for (long nanos = 0; nanos < 100_000_000_000L; nanos = 2 * nanos + 1) {
      ride.update(nanos, Optional.of("trace \"" + nanos + "\""));
    }

    assertSame(registry);
  }

  @Example
  void noLanguagesOwnDigits() {
    Locale before = Locale.getDefault();
    Locale.setDefault(Locale.forLanguageTag("fa-IR"));
    try {
      BucketTimer ride = (BucketTimer) registry.timer("ride");
      ride.update(1_500_000_000, Optional.of("trace"));

      assertThat(text(ExpositionFormat.OPEN_METRICS)).contains("# {").matches("\\p{ASCII}+");
    } finally {
      Locale.setDefault(before);
    }
  }

  @Example
  void namesWithEndingsThatMeanSomething() {
    for (String ending : List.of("total", "total.total", "info", "created", "count", "bucket")) {
      registry.gauge("gauge." + ending, () -> () -> 1);
      registry.meter("meter." + ending).mark();
      registry.timer("timer." + ending).update(1, TimeUnit.SECONDS);
      registry.register("summary." + ending, new Histogram(new SlidingWindowReservoir(1)));
      String name = "own_" + ending.replace('.', '_');
      registry.read(FamilySpec.gauge(name, "Help."), () -> 1);
    }

    assertSame(registry);
  }

  @Example
  void zeroAlone() {
    registry.timer("ride").update(0, TimeUnit.NANOSECONDS);

    assertSame(registry);
  }

  @Example
  void familiesWhoseLengthTakesOneToFourBytes() {
    Family1<String, BucketTimer> rides =
        registry.family(FamilySpec.histogram("ride_seconds", Buckets.LATENCY, "Rides."), TEXT);
    registry.meter("a").mark();
    for (long i = 0; i < 190; i++) {
      rides.with("x".repeat((int) i % 10 * 5_000) + i).update(i * i * 1_000_000, Optional.empty());
      if (i == 0 || i == 50) {
        assertSame(registry);
      }
    }

    assertSame(registry);
    Page page = new Page();
    registry.scrape(name -> true).write(ExpositionFormat.PROTOBUF, page);
    assertThat(page.size()).isGreaterThan(1 << 21);
  }

  @Example
  void hugeCountsAndSums() {
    registry.meter("parcels").mark(Long.MAX_VALUE);
    registry.timer("ride").update(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
    registry.counter("balance").dec(123_456_789);

    assertSame(registry);
  }

  @Example
  void familiesOfOneNameWithBucketsOfTheirOwn() {
    for (Buckets buckets : List.of(Buckets.LATENCY, Buckets.SIZES, Buckets.ofSeconds())) {
      String name = "of_" + buckets.layout().upperBounds().length + "_seconds";
      registry
          .family(FamilySpec.histogram(name, buckets, "Help."), CITY)
          .with("ulm")
          .update(1_500_000, Optional.empty());
    }

    assertSame(registry);
  }

  private void fillWithEverything() {
    registry.gauge("jvm.b", () -> () -> 1.5);
    registry.gauge("jvm_m", () -> () -> -1);
    registry.meter("a").mark();
    registry.timer("jvm.z");
    registry.meter("process.cpu");
    registry.meter("zzz").mark();
    PrometheusRegistry client = new PrometheusRegistry();
    JvmMetrics.builder().register(client);
    Info.builder().name("edition").labelNames("year").register(client).setLabelValues("1999");
    StateSet.builder().name("switches").states("on", "off").register(client).setTrue("on");
    GaugeSnapshot timed =
        GaugeSnapshot.builder()
            .name("tide_meters")
            .unit(Unit.METERS)
            .dataPoint(
                GaugeDataPointSnapshot.builder().value(1).scrapeTimestampMillis(1_234).build())
            .build();
    MetricSnapshots once = client.scrape();
    registry.collector("client", () -> once);
    registry.collector("tides", () -> new MetricSnapshots(timed));
  }

  @Example
  void collectorsBeforeBetweenAndAfterOurs() {
    fillWithEverything();

    assertSame(registry);
    assertThat(text(ExpositionFormat.OPEN_METRICS)).containsOnlyOnce("# EOF").endsWith("\n# EOF\n");
  }

  private String text(ExpositionFormat format) {
    Page page = new Page();
    registry.scrape(name -> true).write(format, page);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try {
      page.sendTo(out);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
    return out.toString(UTF_8);
  }

  @Example
  void someOfTheFamilies() {
    fillWithEverything();
    for (String prefix : List.of("jvm", "a", "z", "process", "nothing", "s")) {
      assertSame(registry, name -> name.startsWith(prefix));
    }
  }
}
