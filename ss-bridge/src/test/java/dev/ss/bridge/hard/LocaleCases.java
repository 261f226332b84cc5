package dev.ss.bridge.hard;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.BucketTimer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Cases that go wrong with a default locale that has other digits. */
final class LocaleCases {
  private LocaleCases() {}

  static List<HardCase> all() {
    return List.of(exemplar(), mapping());
  }

  private static HardCase exemplar() {
    return HardCase.of(
            "an exemplar, with a default locale that has other digits", LocaleCases::trace)
        .ours(
            "in digits that scrapers read",
            page ->
                assertThat(page.openMetrics())
                    .containsPattern(
                        "traced_seconds_bucket\\{le=\"0.05\"} 1 # \\{trace_id=\"c0ffee\"} 0.03"
                            + " [0-9.]+\n"))
        .or(
            "none",
            page -> assertThat(page.openMetrics()).contains("traced").doesNotContain("} 1 # "));
  }

  private static void trace(Side side) {
    Duration time = Duration.ofMillis(30);
    if (side.metrics().timer("traced") instanceof BucketTimer timer) {
      timer.update(time.toNanos(), Optional.of("c0ffee"));
    } else {
      side.metrics().timer("traced").update(time);
    }
  }

  private static HardCase mapping() {
    return HardCase.of(
            "a mapping to a label `${0}`, with such a locale",
            side -> side.metrics().registerGauge("shelf.top.books", () -> 3))
        .mapped("shelf.*.books", "books", Map.of("shelf", "${0}"))
        .ours(
            "the label has what the star stands for",
            page -> assertThat(page.value("books{shelf=\"top\"}")).isEqualTo(3))
        .or(
            "the label is `${0}` as it stands",
            page -> assertThat(page.value("books{shelf=\"${0}\"}")).isEqualTo(3));
  }
}
