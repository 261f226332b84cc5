package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.client.Client;
import dev.ss.testkit.repository.Repository;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What docs/metrics.md lists is what the two processes export, and the other way round, also with a
 * config.yml that maps no metric.
 */
class CatalogueIT {
  private static final Pattern ROW =
      Pattern.compile(
          "\\| `(ss_\\w+)` \\| (\\w+) \\| [^|]* \\| ([^|]*) \\| ([^|]*) \\| [^|]* \\| [^|]* \\|");
  private static final Pattern TYPE = Pattern.compile("# TYPE (ss_\\w+) (\\w+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"");

  /** Exported once there is something to say. */
  private static final Set<String> ON_OCCASION =
      Set.of(
          "metrics_bridge_overflow_total",
          "metrics_bridge_dropped_total",
          "ss_schedule_last_success_timestamp_seconds",
          "ss_schedule_last_missed_timestamp_seconds");

  @TempDir private Path directory;

  private record Documented(String type, Set<String> labels, List<String> from) {}

  private record Exported(String type, Set<String> labels) {}

  @Test
  void documentAndScrapesAgree() throws IOException {
    Map<String, Documented> documented = documented();
    assertThat(documented).hasSizeGreaterThan(20);
    try (Ss ss = Ss.in(directory)) {
      ss.startApi();
      ss.startWorker();
      ss.client().awaitFinal(ss.client().submit("word-count", "one"));
      // One that runs for long enough to be looked at.
      ss.client().awaitFinal(ss.client().submit("stubborn", ""));
      Awaitility.await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> ss.apiMetrics().named("ss_job_last_success_timestamp_seconds").size() == 1);
      assertAgree(documented, exported(ss.client()), "API");
      assertAgree(documented, exported(ss.workerClient()), "worker");
    }
  }

  private static void assertAgree(
      Map<String, Documented> documented, Map<String, Exported> exported, String process) {
    Set<String> expected =
        documented.entrySet().stream()
            .filter(entry -> entry.getValue().from().contains(process))
            .map(Map.Entry::getKey)
            .filter(name -> !ON_OCCASION.contains(name))
            .collect(Collectors.toSet());
    Set<String> found = new TreeSet<>(exported.keySet());
    found.removeAll(ON_OCCASION);
    assertThat(found).as(process).isEqualTo(new TreeSet<>(expected));
    exported.forEach(
        (name, family) -> {
          assertThat(family.type()).as(name).isEqualTo(documented.get(name).type());
          assertThat(family.labels()).as(name).isEqualTo(documented.get(name).labels());
        });
  }

  private static Map<String, Documented> documented() throws IOException {
    Map<String, Documented> rows = new TreeMap<>();
    for (String line : Files.readAllLines(Repository.root().resolve("docs/metrics.md"))) {
      Matcher row = ROW.matcher(line);
      if (row.matches()) {
        Set<String> labels =
            Pattern.compile("`(\\w+)`")
                .matcher(row.group(3))
                .results()
                .map(label -> label.group(1))
                .collect(Collectors.toSet());
        rows.put(
            row.group(1),
            new Documented(row.group(2), labels, List.of(row.group(4).split(", ", -1))));
      }
    }
    return rows;
  }

  private static Map<String, Exported> exported(Client client) {
    String text = client.get("/metrics").text();
    Map<String, Exported> families = new TreeMap<>();
    TYPE.matcher(text)
        .results()
        .forEach(
            type ->
                families.put(
                    type.group(1), new Exported(type.group(2), labels(text, type.group(1)))));
    return families;
  }

  private static Set<String> labels(String text, String family) {
    return text.lines()
        .filter(line -> line.matches(family + "(_bucket|_count|_sum)?[{ ].*"))
        .flatMap(line -> LABEL.matcher(line).results())
        .map(label -> label.group(1))
        .filter(label -> !label.equals("le"))
        .collect(Collectors.toSet());
  }
}
