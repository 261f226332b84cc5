package dev.ss.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The public API must not change without a change of {@code api.txt}. */
class PublicApiTest {
  private static final Path WRITTEN = Path.of("api.txt");

  @Test
  void thePublicApiIsTheOneThatIsWrittenDown() throws IOException {
    String api = PublicApi.of(Path.of("target", "classes"));
    if (Boolean.getBoolean("ss.docs.write")) {
      Files.writeString(WRITTEN, api);
    }

    assertThat(difference(Files.readString(WRITTEN), api))
        .as(
            "what was removed from (-) and added to (+) the public API; if that is intended, let this test"
                + " write ss-bridge/api.txt, as CONTRIBUTING.md says")
        .isEmpty();
  }

  private static List<String> difference(String before, String now) {
    List<String> gone = qualified(before);
    List<String> added = qualified(now);
    gone.removeAll(qualified(now));
    added.removeAll(qualified(before));
    return Stream.concat(
            gone.stream().map(line -> "- " + line), added.stream().map(line -> "+ " + line))
        .toList();
  }

  /** Puts the type's line in front of each member's line. */
  private static List<String> qualified(String api) {
    List<String> lines = new ArrayList<>();
    String type = "";
    for (String line : api.lines().toList()) {
      if (!line.startsWith(" ")) {
        type = line.substring(0, line.indexOf(':'));
      }
      lines.add(line.startsWith(" ") ? type + line : line);
    }
    return lines;
  }
}
