package dev.ss.bridge.internal.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.internal.exposition.ExpositionFormat;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which format an Accept header asks for. */
class AcceptTest {
  private static final String PROTOBUF =
      "application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=delimited";

  private static ExpositionFormat preferredBy(Optional<String> accept) {
    return AcceptRange.preferred(accept).flatMap(AcceptRange::format).orElse(ExpositionFormat.TEXT);
  }

  private static ExpositionFormat preferredBy(String accept) {
    return preferredBy(Optional.of(accept));
  }

  @Test
  void withoutAHeaderItIsText() {
    assertThat(preferredBy(Optional.empty())).isEqualTo(ExpositionFormat.TEXT);
  }

  @Test
  void prometheus2GetsOpenMetrics() {
    assertThat(
            preferredBy(
                "application/openmetrics-text;version=1.0.0,"
                    + "application/openmetrics-text;version=0.0.1;q=0.75,"
                    + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1"))
        .isEqualTo(ExpositionFormat.OPEN_METRICS);
  }

  @Test
  void prometheus3GetsOpenMetrics() {
    assertThat(
            preferredBy(
                "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,"
                    + "application/openmetrics-text;version=0.0.1;q=0.5,"
                    + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,"
                    + "text/plain;version=0.0.4;q=0.3,*/*;q=0.2"))
        .isEqualTo(ExpositionFormat.OPEN_METRICS);
  }

  @Test
  void prometheusWithNativeHistogramsGetsProtobuf() {
    assertThat(
            preferredBy(
                PROTOBUF
                    + ";q=0.7,application/openmetrics-text;version=1.0.0;q=0.6,"
                    + "text/plain;version=0.0.4;q=0.4,*/*;q=0.2"))
        .isEqualTo(ExpositionFormat.PROTOBUF);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text/plain                                                      | TEXT
          */*                                                             | TEXT
          text/*                                                          | TEXT
          text/html,application/xhtml+xml,*/*;q=0.8                       | TEXT
          image/png                                                       | TEXT
          application/openmetrics-text                                    | OPEN_METRICS
          APPLICATION/OpenMetrics-Text ; Version="1.0.0"                  | OPEN_METRICS
          text/plain;q=0.5, application/openmetrics-text;q=0.4            | TEXT
          text/plain;q=0.4, application/openmetrics-text;q=0.5            | OPEN_METRICS
          text/plain, application/openmetrics-text                        | TEXT
          application/openmetrics-text, text/plain                        | OPEN_METRICS
          */*, application/openmetrics-text                               | OPEN_METRICS
          */*;q=0.9, application/openmetrics-text;q=0.8                   | TEXT
          application/openmetrics-text;q=0                                | TEXT
          application/openmetrics-text;q=0, text/plain;q=0                | TEXT
          application/openmetrics-text;q=0.000, */*                       | TEXT
          application/openmetrics-text;q=1.5, text/plain;q=0.1            | TEXT
          application/openmetrics-text;q=-1, text/plain;q=0.1             | TEXT
          application/openmetrics-text;q=NaN, text/plain;q=0.1            | TEXT
          application/openmetrics-text;q=much, text/plain;q=0.1           | TEXT
          application/vnd.google.protobuf                                 | TEXT
          application/vnd.google.protobuf;proto=some.other.Message        | TEXT
          application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily;encoding=text | TEXT
          application/vnd.google.protobuf;proto=io.prometheus.client.MetricFamily | PROTOBUF
          ,,;;==//,application/openmetrics-text                           | OPEN_METRICS
          application/openmetrics-text/plain                              | TEXT
          ''                                                              | TEXT
          """)
  void theHeaderDecides(String accept, ExpositionFormat format) {
    assertThat(preferredBy(accept)).isEqualTo(format);
  }

  @Test
  void eightKilobytesOfGarbageAreText() {
    assertThat(preferredBy("q=0.;/,*\"".repeat(1024))).isEqualTo(ExpositionFormat.TEXT);
    assertThat(preferredBy(",".repeat(8192))).isEqualTo(ExpositionFormat.TEXT);
    assertThat(preferredBy("text/plain;q=" + "9".repeat(8192))).isEqualTo(ExpositionFormat.TEXT);
  }
}
