package dev.ss.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.Histogram;
import dev.ss.testkit.exposition.Scrape;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.core.Application;
import io.dropwizard.core.Configuration;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.validation.Validators;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import jakarta.validation.Validator;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bridge's keys in the configuration of an application that knows nothing of it. */
class BridgeConfigurationTest {
  private static final Validator VALIDATOR = Validators.newValidator();

  private final BridgeBundle<Plain> bundle = new BridgeBundle<>();
  private final Bootstrap<Plain> bootstrap = new Bootstrap<>(new PlainApplication());

  BridgeConfigurationTest() {
    bundle.initialize(bootstrap);
  }

  static final class Plain extends Configuration {}

  static final class PlainApplication extends Application<Plain> {
    @Override
    protected void bootstrapLogging() {}

    @Override
    public void run(Plain configuration, Environment environment) {}
  }

  private Plain read(String yaml) throws IOException, ConfigurationException {
    byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
    return bootstrap
        .getConfigurationFactoryFactory()
        .create(Plain.class, VALIDATOR, bootstrap.getObjectMapper(), "dw")
        .build(path -> new ByteArrayInputStream(bytes), "config.yml");
  }

  private void configure(String yaml) throws IOException, ConfigurationException {
    read(yaml)
        .getMetricsFactory()
        .configure(new LifecycleEnvironment(bundle.registry()), bundle.registry());
  }

  private Scrape scrape() {
    return Exposition.parse(
        Exposition.text(bundle.registry())
            .replaceAll("(?m)^(# (HELP|TYPE) )?(jvm|process)_.*\n", ""));
  }

  @Test
  void mappingsAndExcludesAreUsed() throws Exception {
    configure(
        """
        metrics:
          mappings:
            - match: pool.*.active
              name: connections
              labels: {pool: "${0}"}
          excludes: [pool.*.size]
        """);
    bundle.registry().gauge("pool.main.active", () -> () -> 3);
    bundle.registry().gauge("pool.main.size", () -> () -> 8);

    assertThat(scrape().has("connections{pool=\"main\"}")).isTrue();
    assertThat(scrape().families()).doesNotContain("pool_main_size");
  }

  @Test
  void bucketsAreUsedForTimersAndHistograms() throws Exception {
    configure(
        """
        metrics:
          buckets:
            - {match: uploads.*, upperBounds: [0.5, 1000]}
        """);
    bundle.registry().timer("uploads.time");
    Histogram sizes = bundle.registry().histogram("uploads.size");
    sizes.update(700);

    assertThat(scrape().value("uploads_time_seconds_bucket{le=\"0.5\"}")).isZero();
    assertThat(scrape().value("uploads_size_bucket{le=\"1000.0\"}")).isEqualTo(1);
    assertThat(scrape().has("uploads_size_bucket{le=\"5.0\"}")).isFalse();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "metrics: {}",
        "metrics: {mappings: , excludes: , buckets: }",
        "metrics: {mappings: [], excludes: [], buckets: []}",
        "metrics: {frequency: 1 minute, reportOnStop: true}"
      })
  void withoutTheBridgesKeysEverythingIsNamedByRule(String yaml) throws Exception {
    configure(yaml);
    bundle.registry().gauge("some.name", () -> () -> 1);

    assertThat(scrape().has("some_name")).isTrue();
  }

  static Stream<Arguments> malformed() {
    return Stream.of(
        Arguments.of("mappings: text", "metrics.mappings"),
        Arguments.of("mappings: [{match: a-b.*}]", "match 'a-b.*'"),
        Arguments.of("mappings: [{name: name}]", "metrics.mappings"),
        Arguments.of("mappings: [null]", "metrics.mappings"),
        Arguments.of("mappings: [{match: 'some.*', name: 9lives}]", "match 'some.*'"),
        Arguments.of("mappings: [{match: '*.*.', name: name}]", "match '*.*.'"),
        Arguments.of(
            "mappings: [{match: 'some.*', name: n, lables: {}}]", "metrics.mappings.[0].lables"),
        Arguments.of(
            "mappings: [{match: 'some.*', name: name, labels: {le: x}}]", "match 'some.*'"),
        Arguments.of(
            "mappings: [{match: 'some.*', name: name, labels: {key: '${1}'}}]", "match 'some.*'"),
        Arguments.of(
            "mappings: [{match: so.me, name: a}, {match: so.me, name: b}]", "match 'so.me'"),
        Arguments.of("excludes: {a: b}", "metrics.excludes"),
        Arguments.of("excludes: [null]", "metrics.excludes"),
        Arguments.of("buckets: [{match: 'some.*', upperBounds: [2, 1]}]", "match 'some.*'"),
        Arguments.of("buckets: [{match: 'some.*', upperBounds: [1, 1e999]}]", "match 'some.*'"),
        Arguments.of("buckets: [{match: 'some.*', upperBounds: [1, null]}]", "metrics.buckets"),
        Arguments.of(
            "buckets: [{match: 'some.*', upperBounds: [few]}]", "metrics.buckets.[0].upperBounds"),
        Arguments.of("buckets: [{upperBounds: [1, 2]}]", "metrics.buckets"),
        Arguments.of("buckets: [null]", "metrics.buckets"),
        Arguments.of("concurrentScrapes: 0", "metrics.concurrentScrapes"),
        Arguments.of("concurrentScrapes: 101", "metrics.concurrentScrapes"),
        Arguments.of("concurrentScrapes: many", "metrics.concurrentScrapes"),
        Arguments.of("mapping: []", "metrics.mapping"));
  }

  @ParameterizedTest
  @MethodSource("malformed")
  void whatIsMalformedIsAnErrorThatSaysWhere(String key, String where) {
    assertThatThrownBy(() -> read("metrics:\n  " + key))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining(where)
        .hasMessageContaining("metrics");
  }
}
