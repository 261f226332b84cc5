package dev.ss.metrics.bridge.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The examples of docs/bridge.md, which tests hold to what they promise. */
final class Documentation {
  private static final Path FILE = Path.of("..", "docs", "bridge.md");

  private Documentation() {}

  /** The only example in this language. */
  static String example(String language) {
    Matcher fence = Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$").matcher(read(FILE));
    assertThat(fence.find()).as("%s in %s", language, FILE).isTrue();
    String example = fence.group(1);
    assertThat(fence.find()).as("a second %s in %s", language, FILE).isFalse();
    return example;
  }

  /** The source of a test in this package. */
  static String source(Class<?> test) {
    return read(Path.of("src", "test", "java", test.getName().replace('.', '/') + ".java"));
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
