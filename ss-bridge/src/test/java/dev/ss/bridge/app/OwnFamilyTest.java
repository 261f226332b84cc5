package dev.ss.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.BridgeBundle;
import dev.ss.bridge.Exposition;
import dev.ss.testkit.exposition.Scrape;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** An application may declare families of its own; docs/bridge.md shows how. */
class OwnFamilyTest {
  private final BridgeBundle<GreetingConfiguration> bridge = new BridgeBundle<>();
  private final SentLetters letters = new SentLetters(bridge.registry(), List.of("Jena", "Kiel"));

  @Test
  void allKnownLabelsAreThereFromTheStart() {
    Scrape scrape = Exposition.of(bridge.registry());

    assertThat(scrape.samples())
        .containsEntry("letter_delivery_seconds_count{city=\"Jena\",outcome=\"delivered\"}", 0.0)
        .containsEntry("letter_delivery_seconds_count{city=\"Kiel\",outcome=\"returned\"}", 0.0);
  }

  @Test
  void anyOtherCityIsElsewhere() {
    letters.delivery(SentLetters.Outcome.DELIVERED, "Atlantis").update(Duration.ofHours(2));

    Scrape scrape = Exposition.of(bridge.registry());
    String elsewhere = "{city=\"elsewhere\",outcome=\"delivered\"}";
    assertThat(scrape.value("letter_delivery_seconds_sum" + elsewhere)).isEqualTo(7_200);
  }
}
