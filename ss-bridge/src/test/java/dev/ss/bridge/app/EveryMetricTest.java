package dev.ss.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import com.codahale.metrics.Metric;
import com.codahale.metrics.Timer;
import com.codahale.metrics.jvm.MemoryUsageGaugeSet;
import dev.ss.bridge.Exposition;
import dev.ss.testkit.exposition.Scrape;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Whatever has a number in the application's registry is in its scrape, as what it is. */
class EveryMetricTest {
  private static final Pattern HELP = Pattern.compile("# HELP (\\S+) Dropwizard metric (.*)");
  private static final Set<String> ILL = Set.of(GreetingMetrics.THROWING, GreetingMetrics.HANGING);

  @RegisterExtension static final Greetings APP = new Greetings();

  @BeforeAll
  static void use() {
    APP.useEveryRoute();
  }

  @Test
  void everyMetricWithANumberIsAFamilyOfItsKind() {
    String text = APP.text();
    Scrape scrape = Exposition.parse(text);
    Map<String, String> families = familyOfMetric(text);

    Map<String, Metric> metrics = foreignMetricsWithANumber();

    assertThat(families).containsOnlyKeys(metrics.keySet());
    metrics.forEach(
        (name, metric) -> {
          String family = families.get(name);
          assertThat(scrape.type(family)).as(name).isEqualTo(type(metric));
          assertThat(family).as(name).endsWith(ending(metric));
        });
  }

  /** The text of a family's HELP says which metric it is. */
  private static Map<String, String> familyOfMetric(String text) {
    return HELP.matcher(text)
        .results()
        .collect(Collectors.toMap(help -> help.group(2), help -> help.group(1)));
  }

  private static Map<String, Metric> foreignMetricsWithANumber() {
    Map<String, Metric> metrics = new TreeMap<>(APP.metrics().getMetrics());
    metrics.keySet().removeIf(EveryMetricTest::isSeriesOfADeclaredFamily);
    metrics.keySet().removeIf(name -> name.startsWith("jvm.")); // see the test for them
    metrics.keySet().removeAll(ILL);
    metrics.values().removeIf(metric -> metric instanceof Gauge<?> gauge && !isNumber(gauge));
    assertThat(metrics).hasSizeGreaterThan(80);
    return metrics;
  }

  private static boolean isSeriesOfADeclaredFamily(String name) {
    return name.endsWith("}");
  }

  private static boolean isNumber(Gauge<?> gauge) {
    Object value = gauge.getValue();
    return value instanceof Number || value instanceof Boolean;
  }

  private static String type(Metric metric) {
    if (metric instanceof Timer || metric instanceof Histogram) {
      return "histogram";
    }
    return metric instanceof Meter ? "counter" : "gauge";
  }

  private static String ending(Metric metric) {
    if (metric instanceof Timer) {
      return "_seconds";
    }
    return metric instanceof Meter ? "_total" : "";
  }

  @Test
  void aSeriesOfADeclaredFamilyIsInTheScrapeAsItIsInTheRegistry() {
    assertThat(APP.scrape().samples())
        .containsKeys(
            APP.metrics().getNames().stream()
                .filter(EveryMetricTest::isSeriesOfADeclaredFamily)
                .toArray(String[]::new));
  }

  @Test
  void meaningfulNumbersComeThrough() {
    Scrape scrape = APP.scrape();

    assertThat(scrape.value("greetings_sent_total")).isEqualTo(2);
    assertThat(scrape.value("greetings_balance")).isEqualTo(-3);
    assertThat(scrape.value("greetings_queued")).isEqualTo(7);
    assertThat(scrape.value("greetings_ratio")).isNaN();
    assertThat(scrape.value("greetings_open")).isEqualTo(1);
    assertThat(scrape.value("greetings_length_bucket{le=\"25.0\"}")).isZero();
    assertThat(scrape.value("greetings_length_bucket{le=\"50.0\"}")).isEqualTo(1);
    assertThat(scrape.value("greetings_length_sum")).as("without a unit").isEqualTo(40);
  }

  @Test
  void meteredMethodsAndTheirExceptionsAreCounters() {
    String resource = "dev_ss_bridge_app_greeting_resource_";
    Scrape scrape = APP.scrape();

    assertThat(scrape.value(resource + "keep_total")).isEqualTo(1);
    assertThat(scrape.value(resource + "fail_exceptions_total")).isEqualTo(1);
  }

  @Test
  void theJavaClientsMetricsStandForDropwizardsOfTheJvm() {
    APP.metrics().register("jvm.memory", new MemoryUsageGaugeSet());

    String text = APP.text();

    assertThat(Exposition.parse(text).value("jvm_memory_used_bytes{area=\"heap\"}")).isPositive();
    assertThat(text).doesNotContain("Dropwizard metric jvm.");
  }
}
