package dev.ss.bridge.app;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** The examples of docs/bridge.md, which tests hold to what they promise. */
final class Documentation {
  private static final Path FILE = Path.of("..", "docs", "bridge.md");

  private Documentation() {}

  /** The examples in this language. */
  static List<String> examples(String language) {
    return Pattern.compile("(?ms)^```" + language + "\n(.*?)^```$")
        .matcher(read(FILE))
        .results()
        .map(example -> example.group(1))
        .toList();
  }

  /** The source of a test. */
  static String source(Class<?> test) {
    return read(Path.of("src", "test", "java", test.getName().replace('.', '/') + ".java"));
  }

  static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
