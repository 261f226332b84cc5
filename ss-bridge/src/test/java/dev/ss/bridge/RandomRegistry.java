package dev.ss.bridge;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import com.codahale.metrics.SlidingWindowReservoir;
import com.codahale.metrics.Timer;
import io.prometheus.metrics.model.snapshots.InfoSnapshot;
import io.prometheus.metrics.model.snapshots.InfoSnapshot.InfoDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * Fills a registry at random, also with names that clash, values that no metric should have, and
 * rules and families that the registry refuses. The same seed gives the same registry.
 */
final class RandomRegistry {
  private static final List<String> WORDS =
      List.of(
          "jobs",
          "load",
          "a",
          "5xx",
          "total",
          "created",
          "count",
          "sum",
          "bucket",
          "info",
          "gsum",
          "seconds",
          "bytes",
          "ratio",
          "Dropwizard",
          "");
  private static final List<String> LABELS =
      List.of("city", "size", "job_type", "le", "quantile", "_x", "a.b");
  private static final List<String> UNITS = List.of("seconds", "milliseconds", "celsius");
  private static final List<Buckets> BUCKETS =
      List.of(
          Buckets.LATENCY,
          Buckets.SIZES,
          Buckets.ofSeconds(),
          Buckets.ofSeconds(1e-9, 1.5e-9, 0.3, 1e9),
          Buckets.ofUnits(1, 1e7, 1e15, 1e300));

  /** Parts of the messages with which the registry, Codahale or the Java client refuse a name. */
  private static final List<String> REFUSALS =
      List.of(
          "not a Prometheus metric name",
          "not a Prometheus label name",
          "a counter's name ends in _total",
          "is no metric name",
          "is no label name",
          "llegal metric name",
          "cannot have a label",
          "has two labels of the same name",
          "has the labels",
          "is already a",
          "is declared already",
          "already exists",
          "exists already",
          "is already used for a different type of metric",
          "cannot be exported beside",
          "has series of others already");

  private static final int ONE_OF_MANY = 2_000;

  private final Random random;
  private final BridgeRegistry registry;

  private RandomRegistry(long seed, BridgeRegistry registry) {
    this.random = new Random(seed);
    this.registry = registry;
  }

  /** Performs this many acts; skips the declarations that the registry refuses. */
  static void fill(BridgeRegistry registry, long seed, int times) {
    RandomRegistry filling = new RandomRegistry(seed, registry);
    for (int i = 0; i < times; i++) {
      filling.declared().ifPresent(Runnable::run);
    }
  }

  /** Declares something, and returns what records into it; empty if the registry refuses it. */
  private Optional<Runnable> declared() {
    try {
      return Optional.of(declare());
    } catch (IllegalArgumentException e) {
      String message = String.valueOf(e.getMessage());
      if (REFUSALS.stream().noneMatch(message::contains)) {
        throw e;
      }
      return Optional.empty();
    }
  }

  private Runnable declare() {
    return switch (random.nextInt(13)) {
      case 0 -> marks(registry.meter(name()));
      case 1 -> counts(registry.counter(name()));
      case 2 -> gauge();
      case 3 -> records(registry.timer(name()));
      case 4 -> records(registry.histogram(name()));
      case 5 -> records(registry.register(name(), new Timer(new SlidingWindowReservoir(3))));
      case 6 -> records(registry.register(name(), new Histogram(new SlidingWindowReservoir(3))));
      case 7 -> counters();
      case 8 -> histograms();
      case 9 -> sizes();
      case 10 -> reads();
      case 11 -> rules();
      default -> collector();
    };
  }

  private Runnable marks(Meter meter) {
    return () -> meter.mark(whole());
  }

  private Runnable counts(Counter counter) {
    return () -> counter.inc(whole());
  }

  private Runnable records(Timer timer) {
    return () -> record(timer);
  }

  private Runnable records(Histogram histogram) {
    return () -> record(histogram);
  }

  private static void recordNothing() {}

  private <T> T oneOf(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private String text() {
    return random.nextInt(ONE_OF_MANY) == 0
        ? Hostile.HUGE
        : oneOf(Hostile.TEXTS) + (random.nextBoolean() ? oneOf(Hostile.TEXTS) : "");
  }

  /** Returns a name for a metric that is not declared. */
  private String name() {
    return switch (random.nextInt(4)) {
      case 0 -> text();
      case 1 -> oneOf(WORDS);
      case 2 -> oneOf(WORDS) + "." + oneOf(WORDS);
      default -> "shop." + text() + "." + oneOf(WORDS);
    };
  }

  /** Returns a family's name, which may be illegal. */
  private String familyName() {
    return random.nextBoolean() ? oneOf(WORDS) : oneOf(WORDS) + "_" + oneOf(WORDS);
  }

  private long whole() {
    return random.nextBoolean() ? random.nextInt(20) : oneOf(Hostile.WHOLE_NUMBERS);
  }

  private double number() {
    return random.nextBoolean()
        ? oneOf(Hostile.NUMBERS)
        : Double.longBitsToDouble(random.nextLong());
  }

  private Runnable gauge() {
    Object value =
        switch (random.nextInt(9)) {
          case 0 -> whole();
          case 1 -> (float) number();
          case 2 -> random.nextBoolean();
          case 3 -> BigInteger.valueOf(whole()).pow(40);
          case 4 -> new BigDecimal("0.1").pow(400);
          case 5 -> "a text";
          case 6 -> null;
          default -> number();
        };
    Gauge<Object> gauge = random.nextInt(20) == 0 ? RandomRegistry::ill : () -> value;
    registry.gauge(name(), () -> gauge);
    return RandomRegistry::recordNothing;
  }

  private static Object ill() {
    throw new IllegalStateException("a gauge that is ill");
  }

  private void record(Timer timer) {
    for (int i = random.nextInt(3); i > 0; i--) {
      if (timer instanceof BucketTimer ours) {
        record(ours);
      } else {
        timer.update(whole(), TimeUnit.NANOSECONDS);
      }
    }
  }

  private void record(BucketTimer timer) {
    switch (random.nextInt(3)) {
      case 0 -> timer.update(whole(), Optional.empty());
      case 1 -> timer.update(whole(), Optional.of(text()));
      default -> timer.update(whole(), text(), text());
    }
  }

  private void record(Histogram histogram) {
    for (int i = random.nextInt(3); i > 0; i--) {
      histogram.update(whole());
    }
  }

  private static Label<String> any(String name) {
    return Label.ofType(name, same -> same);
  }

  private Label<String> few() {
    List<String> known = new ArrayList<>();
    for (int i = random.nextInt(3); i > 0; i--) {
      known.add(oneOf(Hostile.TEXTS));
    }
    return Label.ofSet(oneOf(LABELS), known, "_other");
  }

  private Runnable counters() {
    Family2<String, String, Meter> counters =
        registry.family(
            FamilySpec.counter(familyName() + "_total", text()), few(), any(oneOf(LABELS)));
    return () -> {
      for (int i = random.nextInt(4); i > 0; i--) {
        counters.with(text(), text()).mark(whole());
      }
    };
  }

  private Runnable histograms() {
    FamilySpec<Meter> counter = FamilySpec.counter(familyName() + "_total", text());
    Family1<String, BucketTimer> timers =
        registry.family(
            random.nextBoolean()
                ? FamilySpec.histogram(familyName() + "_seconds", oneOf(BUCKETS), text())
                : FamilySpec.histogram(familyName(), oneOf(BUCKETS), counter, text()),
            any(oneOf(LABELS)));
    return () -> {
      for (int i = random.nextInt(4); i > 0; i--) {
        record(timers.with(text()));
      }
    };
  }

  private Runnable sizes() {
    Family1<String, Histogram> sizes =
        registry.family(FamilySpec.sizes(familyName(), oneOf(BUCKETS), text()), few());
    return () -> {
      for (int i = random.nextInt(3); i > 0; i--) {
        record(sizes.with(text()));
      }
    };
  }

  private Runnable reads() {
    Number value = random.nextInt(10) == 0 ? null : number();
    FamilySpec<Gauge<?>> spec =
        random.nextBoolean()
            ? FamilySpec.gauge(familyName(), text())
            : FamilySpec.readCounter(familyName() + "_total", text());
    String label = oneOf(LABELS);
    for (int i = random.nextInt(4); i > 0; i--) {
      registry.read(spec, () -> value, any(label).is(text()));
    }
    return RandomRegistry::recordNothing;
  }

  private Runnable rules() {
    registry.map(
        List.of(
            new MappingRule("shop.*.*", familyName(), Map.of(oneOf(LABELS), "${0}")),
            new MappingRule("**", "${0}", Map.of(), "gauge", "counter", oneOf(UNITS), text())),
        List.of());
    return RandomRegistry::recordNothing;
  }

  private Runnable collector() {
    MetricSnapshots snapshots =
        MetricSnapshots.of(
            InfoSnapshot.builder()
                .name(familyName())
                .help(text())
                .dataPoint(
                    InfoDataPointSnapshot.builder().labels(Labels.of("edition", text())).build())
                .build());
    registry.collector(oneOf(WORDS), () -> snapshots);
    return RandomRegistry::recordNothing;
  }
}
