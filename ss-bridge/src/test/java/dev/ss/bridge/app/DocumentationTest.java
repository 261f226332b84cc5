package dev.ss.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

/** docs/bridge.md shows code that tests run. */
class DocumentationTest {
  @Test
  void eachExampleInJavaIsAPartOfATest() {
    List<String> sources =
        List.of(
            Documentation.source(SentLetters.class),
            Documentation.read(Path.of("src/test/java/dev/ss/bridge/plain/Mail.java")));

    assertThat(Documentation.examples("java"))
        .hasSize(2)
        .allSatisfy(example -> assertThat(sources).anyMatch(source -> source.contains(example)));
  }

  /** Of which {@link ConfiguredMetricsTest} runs the first and the second. */
  @Test
  void thereAreTwoExamplesInYaml() {
    assertThat(Documentation.examples("yaml")).hasSize(2);
  }
}
