package dev.ss.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** docs/configuration.md lists the keys of SS's own sections, as these describe them. */
class ConfigurationDocTest {
  private static final Path REPOSITORY = Path.of("").toAbsolutePath().getParent();
  private static final Path SHIPPED = REPOSITORY.resolve("config.yml");
  private static final Path DOC = REPOSITORY.resolve("docs/configuration.md");
  private static final String BEFORE = "## Keys\n\n";
  private static final String AFTER = "\n## Keys of Dropwizard and of the bridge\n";

  @Test
  void theTableIsWhatTheSectionsSay() throws IOException {
    String page = Files.readString(DOC);
    String written =
        page.substring(0, page.indexOf(BEFORE) + BEFORE.length())
            + ConfigurationDoc.table(SHIPPED)
            + page.substring(page.indexOf(AFTER));
    if (Boolean.getBoolean("ss.docs.write")) {
      Files.writeString(DOC, written);
    }
    assertThat(DOC).hasContent(written);
  }

  /** The table shows one default, for a key that is left out and for an unset variable. */
  @Test
  void theShippedFileHasTheDefaultsOfTheSections() {
    assertThat(ConfigurationDoc.keys(SHIPPED))
        .filteredOn(key -> key.shipped().filter(text -> !text.isEmpty()).isPresent())
        .hasSizeGreaterThan(10)
        .allSatisfy(key -> assertThat(key.shipped()).as(key.name()).contains(key.defaultText()));
  }

  @Test
  void noTwoKeysHaveOneName() {
    assertThat(ConfigurationDoc.keys(SHIPPED))
        .extracting(ConfigurationDoc.Key::name)
        .doesNotHaveDuplicates();
  }
}
