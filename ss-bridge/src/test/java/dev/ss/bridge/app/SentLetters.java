package dev.ss.bridge.app;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.BucketTimer;
import dev.ss.bridge.Buckets;
import dev.ss.bridge.Family2;
import dev.ss.bridge.FamilySpec;
import dev.ss.bridge.Label;
import java.util.List;

/** An application's own metric with labels, as docs/bridge.md shows it. */
final class SentLetters {
  enum Outcome {
    DELIVERED,
    RETURNED
  }

  private static final FamilySpec<BucketTimer> SPEC =
      FamilySpec.histogram(
          "letter_delivery_seconds",
          Buckets.ofSeconds(60, 3_600, 86_400),
          "Time from posting a letter to its delivery or return.");

  private final Family2<Outcome, String, BucketTimer> deliveries;

  SentLetters(BridgeRegistry registry, List<String> cities) {
    deliveries =
        registry.family(
            SPEC, Label.ofEnum("outcome", Outcome.class), Label.ofSet("city", cities, "elsewhere"));
  }

  BucketTimer delivery(Outcome outcome, String city) {
    return deliveries.with(outcome, city);
  }
}
