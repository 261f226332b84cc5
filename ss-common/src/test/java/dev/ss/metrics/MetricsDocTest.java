package dev.ss.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.repository.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** No document names a metric that is not there, and none that is there goes without a line. */
class MetricsDocTest {
  private static final Path REPOSITORY = Repository.root();
  private static final Path DOC = REPOSITORY.resolve("docs/metrics.md");

  /** In running text; neither a prefix such as {@code ss_http_*} nor what a rule has recorded. */
  private static final Pattern NAME =
      Pattern.compile("(?<![\\w:])ss_[a-z0-9_]*[a-z0-9](?![a-z0-9_*])");

  @Test
  void theDocumentIsWhatTheCatalogueSays() throws IOException {
    if (Boolean.getBoolean("ss.docs.write")) {
      Files.writeString(DOC, MetricsDoc.text());
    }
    assertThat(DOC).hasContent(MetricsDoc.text());
  }

  @Test
  void documentsNameOnlyMetricsThatAreThere() throws IOException {
    Set<String> known =
        Catalogue.all().stream()
            .flatMap(
                entry -> Stream.of("", "_bucket", "_count", "_sum").map(end -> entry.name() + end))
            .collect(Collectors.toSet());
    for (Path file : documents()) {
      assertThat(namesIn(file)).as(file.getFileName().toString()).isSubsetOf(known);
    }
  }

  private static List<Path> documents() throws IOException {
    try (Stream<Path> docs = Files.walk(REPOSITORY.resolve("docs"))) {
      return Stream.concat(docs, Stream.of(REPOSITORY.resolve("README.md")))
          .filter(Files::isRegularFile)
          .toList();
    }
  }

  private static Set<String> namesIn(Path file) {
    try {
      return NAME.matcher(Files.readString(file))
          .results()
          .map(MatchResult::group)
          .collect(Collectors.toSet());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
