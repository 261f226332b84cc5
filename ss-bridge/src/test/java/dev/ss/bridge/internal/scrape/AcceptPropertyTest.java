package dev.ss.bridge.internal.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;

class AcceptPropertyTest {
  @Property
  void noHeaderIsAnError(@ForAll @CharRange(from = ' ', to = '~') String accept) {
    assertThat(AcceptRange.preferred(Optional.of(accept))).isNotNull();
  }

  @Property
  void noHeaderOfTheRightPiecesInTheWrongPlacesIsAnError(@ForAll("pieces") List<String> pieces) {
    assertThat(AcceptRange.preferred(Optional.of(String.join("", pieces)))).isNotNull();
  }

  @Provide
  Arbitrary<List<String>> pieces() {
    return Arbitraries.of(
            "application/openmetrics-text",
            "application/vnd.google.protobuf",
            "proto=io.prometheus.client.MetricFamily",
            "text/plain",
            "*/*",
            ";",
            ",",
            "=",
            "/",
            "\"",
            "q=",
            "0.",
            "1",
            "-",
            "Infinity",
            " ")
        .list()
        .ofMaxSize(40);
  }
}
