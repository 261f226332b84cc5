package dev.ss.bridge.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.codahale.metrics.ConsoleReporter;
import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import com.codahale.metrics.MetricFilter;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.MetricRegistryListener;
import com.codahale.metrics.MetricSet;
import com.codahale.metrics.SettableGauge;
import com.codahale.metrics.Snapshot;
import com.codahale.metrics.Timer;
import com.codahale.metrics.graphite.GraphiteReporter;
import com.codahale.metrics.graphite.GraphiteSender;
import com.codahale.metrics.jmx.JmxReporter;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/**
 * What those who use a Codahale registry rely on. It is held against Codahale's own registry and
 * against the bridge's: where both pass, an application does not notice which one it has.
 */
abstract class RegistryContract {
  private final MetricRegistry registry = newRegistry();

  abstract MetricRegistry newRegistry();

  @Test
  void aMetricIsTheSameHoweverOftenItIsAskedFor() {
    assertThat(registry.timer("a")).isSameAs(registry.timer("a"));
    assertThat(registry.meter("b")).isSameAs(registry.meter("b"));
    assertThat(registry.counter("c")).isSameAs(registry.counter("c"));
    assertThat(registry.histogram("d")).isSameAs(registry.histogram("d"));
    assertThat((Object) registry.gauge("e", () -> () -> 1))
        .isSameAs(registry.gauge("e", () -> () -> 2));
  }

  @Test
  void aSupplierMakesAMetricOnceAndOnlyIfThereIsNone() {
    List<String> made = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      registry.timer(
          "a",
          () -> {
            made.add("timer");
            return new Timer();
          });
    }

    assertThat(made).containsExactly("timer");
  }

  @Test
  void aNameIsOfOneKind() {
    registry.timer("a");

    assertThatThrownBy(() -> registry.meter("a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a is already used for a different type of metric");
  }

  @Test
  void aNameIsRegisteredOnce() {
    registry.register("a", new Meter());

    assertThatThrownBy(() -> registry.register("a", new Meter()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A metric named a already exists");
    assertThatThrownBy(() -> registry.register("b", null)).isInstanceOf(NullPointerException.class);
  }

  @Test
  void whatIsRegisteredIsWhatIsThere() {
    Meter meter = new Meter();
    Timer timer = new Timer();

    assertThat(registry.register("a", meter)).isSameAs(meter);
    assertThat(registry.register("b", timer)).isSameAs(timer);
    assertThat(registry.meter("a")).isSameAs(meter);
    assertThat(registry.timer("b")).isSameAs(timer);
  }

  @Test
  void namesAreSortedAndKindsAreApart() {
    registry.timer("z");
    registry.meter("y");
    registry.counter("x");
    registry.histogram("w");
    registry.gauge("v", () -> () -> 1);

    assertThat(registry.getNames()).containsExactly("v", "w", "x", "y", "z");
    assertThat(registry.getTimers()).containsOnlyKeys("z");
    assertThat(registry.getMeters()).containsOnlyKeys("y");
    assertThat(registry.getCounters()).containsOnlyKeys("x");
    assertThat(registry.getHistograms()).containsOnlyKeys("w");
    assertThat(registry.getGauges()).containsOnlyKeys("v");
    assertThat(registry.getMetrics()).hasSize(5);
    assertThat(registry.getTimers(MetricFilter.startsWith("a"))).isEmpty();
  }

  @Test
  void aSetOfMetricsIsRegisteredUnderAPrefix() {
    MetricSet inner = () -> Map.of("b", new Counter());
    MetricSet outer = () -> Map.of("inner", inner, "a", new Meter());

    registry.registerAll("outer", outer);

    assertThat(registry.getNames()).containsExactly("outer.a", "outer.inner.b");
  }

  @Test
  void whatIsRemovedIsGoneAndMayComeBack() {
    Timer first = registry.timer("a");
    registry.meter("b.one");
    registry.meter("b.two");

    assertThat(registry.remove("a")).isTrue();
    assertThat(registry.remove("a")).isFalse();
    assertThat(registry.timer("a")).isNotSameAs(first);
    registry.removeMatching(MetricFilter.startsWith("b."));
    assertThat(registry.getNames()).containsExactly("a");
  }

  @Test
  void listenersHearOfWhatIsThereAndOfWhatComesAndGoes() {
    List<String> heard = new ArrayList<>();
    registry.timer("before");
    MetricRegistryListener listener =
        new MetricRegistryListener.Base() {
          @Override
          public void onTimerAdded(String name, Timer timer) {
            heard.add("+" + name);
          }

          @Override
          public void onTimerRemoved(String name) {
            heard.add("-" + name);
          }

          @Override
          public void onHistogramAdded(String name, Histogram histogram) {
            heard.add("+" + name);
          }
        };
    registry.addListener(listener);
    registry.timer("after");
    registry.histogram("sizes");
    registry.remove("before");
    registry.removeListener(listener);
    registry.timer("unheard");

    assertThat(heard).containsExactly("+before", "+after", "+sizes", "-before");
  }

  @Test
  void countersAndMetersCount() {
    registry.counter("c").inc(5);
    registry.counter("c").dec(7);
    registry.meter("m").mark();
    registry.meter("m").mark(4);

    assertThat(registry.counter("c").getCount()).isEqualTo(-2);
    assertThat(registry.meter("m").getCount()).isEqualTo(5);
    assertThat(registry.meter("m").getMeanRate()).isPositive();
  }

  @Test
  void aGaugeCanBeSet() {
    SettableGauge<Integer> gauge = registry.gauge("g");
    gauge.setValue(7);

    assertThat(registry.getGauges().get("g").getValue()).isEqualTo(7);
  }

  /** Of values that a sample holds whole. Quantiles may be off by half a bucket, 4.5 %. */
  @Test
  void aSnapshotTellsOfTheValues() {
    Histogram histogram = registry.histogram("h");
    for (int value = 1; value <= 100; value++) {
      histogram.update(value);
    }

    assertThat(histogram.getCount()).isEqualTo(100);
    Snapshot snapshot = histogram.getSnapshot();
    assertThat(snapshot.getMin()).isEqualTo(1);
    assertThat(snapshot.getMax()).isEqualTo(100);
    assertThat(snapshot.getMean()).isCloseTo(50.5, within(0.01));
    assertThat(snapshot.getStdDev()).isCloseTo(28.9, within(1.0));
    assertThat(snapshot.getMedian()).isCloseTo(50.5, within(2.8));
    assertThat(snapshot.get75thPercentile()).isCloseTo(75.5, within(3.9));
    assertThat(snapshot.get99thPercentile()).isCloseTo(99, within(4.6));
    assertThat(snapshot.size()).isPositive();
    assertThat(snapshot.getValues()).isSorted();
    assertThatThrownBy(() -> snapshot.getValue(1.1)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aSnapshotOfNothingIsZero() {
    Snapshot snapshot = registry.timer("t").getSnapshot();

    assertThat(snapshot.getMin()).isZero();
    assertThat(snapshot.getMax()).isZero();
    assertThat(snapshot.getMean()).isZero();
    assertThat(snapshot.getStdDev()).isZero();
    assertThat(snapshot.get95thPercentile()).isZero();
    assertThat(snapshot.size()).isZero();
  }

  @Test
  void aSnapshotDoesNotChange() {
    Timer timer = registry.timer("t");
    timer.update(1, TimeUnit.SECONDS);
    Snapshot before = timer.getSnapshot();
    timer.update(9, TimeUnit.SECONDS);

    assertThat(before.getMax()).isEqualTo(TimeUnit.SECONDS.toNanos(1));
    assertThat(timer.getSnapshot().getMax()).isEqualTo(TimeUnit.SECONDS.toNanos(9));
  }

  @Test
  void aTimerTimesInEveryWay() throws Exception {
    Timer timer = registry.timer("t");
    timer.update(1, TimeUnit.SECONDS);
    timer.update(Duration.ofSeconds(1));
    timer.time(() -> {});
    assertThat(timer.<Integer>time(() -> 7)).isEqualTo(7);
    assertThat(timer.<Integer>timeSupplier(() -> 8)).isEqualTo(8);
    assertThat(timer.time().stop()).isNotNegative();
    timer.update(-1, TimeUnit.SECONDS);

    assertThat(timer.getCount()).as("all but the negative one").isEqualTo(6);
    assertThat(timer.getMeanRate()).isPositive();
    assertThat(timer.getSnapshot().getMax()).isEqualTo(TimeUnit.SECONDS.toNanos(1));
  }

  private void fill() {
    registry.timer("t").update(250, TimeUnit.MILLISECONDS);
    registry.meter("m").mark(3);
    registry.counter("c").inc(5);
    registry.histogram("h").update(40);
    registry.register("g", (Gauge<Integer>) () -> 7);
  }

  @Test
  void theConsoleReporterPrintsAllOfIt() {
    fill();
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    try (ConsoleReporter reporter =
        ConsoleReporter.forRegistry(registry)
            .outputTo(new PrintStream(printed, true, StandardCharsets.UTF_8))
            .build()) {
      reporter.report();
    }

    assertThat(printed.toString(StandardCharsets.UTF_8))
        .containsPattern("count = 5\\R")
        .containsPattern("value = 7\\R")
        .containsPattern("max = 250\\.00 milliseconds")
        .containsPattern("min = 40\\R")
        .containsPattern("95% <= 2[345]\\d\\.\\d\\d milliseconds");
  }

  @Test
  void jmxShowsAllOfIt() throws Exception {
    fill();
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    String domain = getClass().getSimpleName();
    try (JmxReporter reporter = JmxReporter.forRegistry(registry).inDomain(domain).build()) {
      reporter.start();

      assertThat(beans.getAttribute(new ObjectName(domain + ":name=t,type=timers"), "Max"))
          .isEqualTo(250.0);
      assertThat(beans.getAttribute(new ObjectName(domain + ":name=m,type=meters"), "Count"))
          .isEqualTo(3L);
      assertThat(beans.getAttribute(new ObjectName(domain + ":name=c,type=counters"), "Count"))
          .isEqualTo(5L);
      assertThat(beans.getAttribute(new ObjectName(domain + ":name=h,type=histograms"), "Mean"))
          .isEqualTo(40.0);
      assertThat(beans.getAttribute(new ObjectName(domain + ":name=g,type=gauges"), "Value"))
          .isEqualTo(7);
    }
  }

  @Test
  void graphiteGetsAllOfIt() {
    fill();
    Map<String, String> sent = new TreeMap<>();
    try (GraphiteReporter reporter =
        GraphiteReporter.forRegistry(registry).build(new Sender(sent))) {
      reporter.report();
    }

    assertThat(sent)
        .containsEntry("c.count", "5")
        .containsEntry("g", "7")
        .containsEntry("h.max", "40")
        .containsEntry("m.count", "3")
        .containsEntry("t.count", "1")
        .containsEntry("t.max", "250.00")
        .containsKeys("t.p99", "t.m1_rate", "h.p50", "m.m15_rate");
  }

  private record Sender(Map<String, String> sent) implements GraphiteSender {
    @Override
    public void connect() {}

    @Override
    public void send(String name, String value, long timestamp) {
      sent.put(name, value);
    }

    @Override
    public void flush() {}

    @Override
    public boolean isConnected() {
      return true;
    }

    @Override
    public int getFailures() {
      return 0;
    }

    @Override
    public void close() {}
  }
}
