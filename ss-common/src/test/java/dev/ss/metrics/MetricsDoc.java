package dev.ss.metrics;

import com.codahale.metrics.Metric;
import dev.ss.metrics.CatalogueEntry.Across;
import dev.ss.metrics.CatalogueEntry.From;
import java.util.Locale;
import java.util.stream.Collectors;

/** docs/metrics.md, as the catalogue has it. */
final class MetricsDoc {
  private static final String HEAD =
      """
      # Metrics

      This page is written from the code ([CONTRIBUTING.md](../CONTRIBUTING.md#what-tests-write) says how), and a
      test compares it with what the processes export.

      Histograms have the classic buckets and native ones (schema 3). Durations are in seconds,
      counters end in `_total`. Beside these there are `jvm_*` and `process_*` of Prometheus's Java
      client, `jetty_*`, and whatever else is registered, named by `metrics.mappings` in config.yml.

      How to put several instances together: *sum* what each counts for itself; take the *max* of what
      all read from the one database; *each* stands for itself.

      | metric | type | unit | labels | from | instances | meaning |
      |---|---|---|---|---|---|---|
      """;

  private static final String EXAMPLES =
      """

      ## Queries

      | metric | for example |
      |---|---|
      """;

  private MetricsDoc() {}

  static String text() {
    return HEAD
        + Catalogue.all().stream().map(MetricsDoc::row).collect(Collectors.joining())
        + EXAMPLES
        + Catalogue.all().stream().map(MetricsDoc::example).collect(Collectors.joining());
  }

  private static String row(CatalogueEntry<? extends Metric> entry) {
    return "| `%s` | %s | %s | %s | %s | %s | %s |\n"
        .formatted(
            entry.name(),
            entry.spec().type(),
            unit(entry.name()),
            entry.labels().stream()
                .map(label -> "`" + label + "`")
                .collect(Collectors.joining(" ")),
            from(entry.from()),
            across(entry.across()),
            entry.spec().help());
  }

  private static String unit(String name) {
    return name.matches(".*_seconds(_total)?") ? "seconds" : "";
  }

  private static String from(From from) {
    return switch (from) {
      case API -> "API";
      case WORKER -> "worker";
      case BOTH -> "API, worker";
    };
  }

  private static String across(Across across) {
    return across == Across.NONE ? "each" : across.name().toLowerCase(Locale.ROOT);
  }

  private static String example(CatalogueEntry<? extends Metric> entry) {
    return "| `%s` | `%s` |\n".formatted(entry.name(), entry.example().replace("|", "\\|"));
  }
}
