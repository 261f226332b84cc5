package dev.ss.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.prometheus.metrics.config.EscapingScheme;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusProtobufWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.Bucket;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.Histogram;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.Metric;
import io.prometheus.metrics.expositionformats.generated.com_google_protobuf_4_36_2.Metrics.MetricFamily;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.DataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Compares the Java client's pages of a registry with ours, and lists the intended differences. It
 * leaves out the bridge's own metrics, because they change with each scrape.
 */
final class ClientPages {
  private static final String OWN = "metrics_bridge_";
  private static final int MILLIS = 1_000;
  private static final int NANOS_OF_MILLI = 1_000_000;

  private final MetricSnapshots snapshots;

  private ClientPages(BridgeRegistry registry, Predicate<String> wanted) {
    snapshots =
        new MetricSnapshots(
            registry.snapshots().stream()
                .filter(family -> !family.getMetadata().getPrometheusName().startsWith(OWN))
                .filter(family -> wanted.test(family.getMetadata().getPrometheusName()))
                .toList());
  }

  /** Compares the families whose names are wanted, in all formats. */
  static void assertSame(BridgeRegistry registry, Predicate<String> wanted) {
    ClientPages client = new ClientPages(registry, wanted);
    Pages ours = new Pages(registry);
    List<String> names = client.names();
    client.assertSameText(ours.text(names));
    client.assertSameOpenMetrics(ours.openMetrics(names), false);
    client.assertSameOpenMetrics(ours.openMetricsCreated(names), true);
    client.assertSameProtobuf(ours.protobuf(names));
  }

  /** Returns at least one name, because no name would ask for all families. */
  private List<String> names() {
    return Stream.concat(Stream.of("no_family"), snapshots.stream().map(ClientPages::name))
        .toList();
  }

  private static String name(MetricSnapshot family) {
    String name = family.getMetadata().getPrometheusName();
    return family instanceof CounterSnapshot ? name + "_total" : name;
  }

  private byte[] write(ExpositionFormatWriter writer) {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    try {
      writer.write(page, snapshots, EscapingScheme.UNDERSCORE_ESCAPING);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return page.toByteArray();
  }

  private void assertSameText(byte[] ours) {
    byte[] theirs = write(PrometheusTextFormatWriter.create());

    assertThat(new String(ours, UTF_8)).isEqualTo(new String(theirs, UTF_8));
    assertThat(ours).isEqualTo(theirs);
  }

  private void assertSameOpenMetrics(byte[] ours, boolean withCreated) {
    byte[] theirs =
        write(
            OpenMetricsTextFormatWriter.builder().setCreatedTimestampsEnabled(withCreated).build());

    assertThat(new String(ours, UTF_8)).isEqualTo(new String(theirs, UTF_8));
    assertThat(ours).isEqualTo(theirs);
  }

  private void assertSameProtobuf(byte[] ours) {
    List<MetricFamily> families = PageValues.families(ours);
    List<MetricFamily> theirs = PageValues.families(write(new PrometheusProtobufWriter()));

    assertThat(families.stream().map(ClientPages::asTheirs).toList()).isEqualTo(theirs);
    assertThat(ours).as("as generated code writes it").isEqualTo(encoded(families));
    assertThat(histograms(families).map(ClientPages::createdMillis))
        .containsExactlyElementsOf(createdMillis());
    histograms(families)
        .forEach(
            histogram ->
                assertThat(histogram.getExemplarsList())
                    .isEqualTo(
                        histogram.getBucketList().stream()
                            .filter(Bucket::hasExemplar)
                            .map(Bucket::getExemplar)
                            .toList()));
  }

  /**
   * Removes what we write and the client does not: the start time of histograms, and exemplars
   * beside native buckets. Prometheus needs the latter, because it skips classic buckets when it
   * reads native ones.
   */
  private static MetricFamily asTheirs(MetricFamily ours) {
    MetricFamily.Builder family = ours.toBuilder();
    for (Metric.Builder metric : family.getMetricBuilderList()) {
      if (metric.hasHistogram()) {
        metric.getHistogramBuilder().clearCreatedTimestamp().clearExemplars();
      }
    }
    return family.build();
  }

  private static Stream<Histogram> histograms(List<MetricFamily> families) {
    return families.stream()
        .flatMap(family -> family.getMetricList().stream())
        .filter(Metric::hasHistogram)
        .map(Metric::getHistogram);
  }

  private static long createdMillis(Histogram histogram) {
    var created = histogram.getCreatedTimestamp();
    return created.getSeconds() * MILLIS + created.getNanos() / NANOS_OF_MILLI;
  }

  private List<Long> createdMillis() {
    return snapshots.stream()
        .filter(HistogramSnapshot.class::isInstance)
        .flatMap(family -> family.getDataPoints().stream())
        .map(DataPointSnapshot::getCreatedTimestampMillis)
        .toList();
  }

  private static byte[] encoded(List<MetricFamily> families) {
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    try {
      for (MetricFamily family : families) {
        family.writeDelimitedTo(page);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return page.toByteArray();
  }
}
