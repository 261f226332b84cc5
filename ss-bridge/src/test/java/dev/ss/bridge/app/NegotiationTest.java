package dev.ss.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a Prometheus would like, it gets the same series. */
class NegotiationTest {
  private static final String PROMETHEUS_2 =
      "application/openmetrics-text;version=1.0.0,application/openmetrics-text;version=0.0.1;q=0.75,"
          + "text/plain;version=0.0.4;q=0.5,*/*;q=0.1";
  private static final String PROMETHEUS_3 =
      "application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.5,"
          + "application/openmetrics-text;version=0.0.1;q=0.4,"
          + "text/plain;version=1.0.0;escaping=allow-utf-8;q=0.3,"
          + "text/plain;version=0.0.4;q=0.2,*/*;q=0.1";

  /** Text in OpenMetrics differs from the older one in other lines only; names are never quoted. */
  private static final Pattern SERIES = Pattern.compile("(?m)^([a-zA-Z_]\\w*(?:\\{[^}]*})?) ");

  @RegisterExtension static final Greetings APP = new Greetings();

  @ParameterizedTest
  @ValueSource(strings = {PROMETHEUS_2, PROMETHEUS_3})
  void theSeriesAreThoseOfThePlainText(String accept) {
    List<String> ofPlainText = series(APP.text());

    String text = APP.get("/metrics", "Accept", accept).body();

    assertThat(text).endsWith("# EOF\n");
    assertThat(series(text)).isEqualTo(ofPlainText).hasSizeGreaterThan(400);
  }

  private static List<String> series(String text) {
    return SERIES
        .matcher(text)
        .results()
        .map(sample -> sample.group(1))
        .filter(name -> !name.startsWith("jvm_")) // some begin with the next garbage collection
        .toList();
  }
}
