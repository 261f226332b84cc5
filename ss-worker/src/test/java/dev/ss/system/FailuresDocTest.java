package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.repository.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * docs/failures.md promises nothing that no drill or test of docs/internals/failure-drills.md
 * shows.
 */
class FailuresDocTest {
  private static final List<String> MODULES =
      List.of("ss-common", "ss-api", "ss-worker", "ss-testkit", "ss-drill");
  private static final Pattern DRILL = Pattern.compile("bin/drill faults (?:--quick )?([a-z-]+)");
  private static final Pattern TEST =
      Pattern.compile("`([A-Z]\\w*(?:Test|IT|Conformance))\\.(\\w+)`");

  private static final Pattern LOG_LINE = Pattern.compile("`([A-Z][^`]*(?:…|\\.))`");

  /** The heading of a section whose table has one fault. */
  private static final Pattern FAULT = Pattern.compile("## (.+)\\n\\n\\| \\| \\|\\n");

  private static final Pattern SHOWN = Pattern.compile("\\n\\| (.+) \\| (?=`).*`");

  private final String promises = read(Repository.root().resolve("docs/failures.md"));
  private final String proofs = read(Repository.root().resolve("docs/internals/failure-drills.md"));

  @Test
  void everyDrillIsNamedAndEveryNamedDrillExists() {
    assertThat(found(DRILL, proofs)).isEqualTo(drills());
  }

  @Test
  void everyNamedTestExists() {
    List<JavaSource> sources = sources("src/test/java");
    List<MatchResult> tests = TEST.matcher(proofs).results().toList();

    assertThat(tests).isNotEmpty();
    for (MatchResult test : tests) {
      assertThat(
              sources.stream()
                  .filter(source -> source.declares(test.group(1)))
                  .flatMap(source -> source.tests().stream()))
          .as(test.group(1))
          .contains(test.group(2));
    }
  }

  @Test
  void everyQuotedLogLineIsInTheCode() {
    String code = code();
    List<String> lines =
        promises
            .lines()
            .filter(line -> line.startsWith("| log |"))
            .flatMap(line -> LOG_LINE.matcher(line).results())
            .map(line -> line.group(1))
            .toList();

    assertThat(lines).hasSizeGreaterThan(5);
    for (String line : lines) {
      for (String words : line.split("…|\\d|,|LOST", -1)) {
        assertThat(code).as(line).contains(words.strip());
      }
    }
  }

  @Test
  void everyFaultIsShownBySomething() {
    String table = proofs.substring(0, proofs.indexOf("\n## "));

    assertThat(found(SHOWN, table)).isNotEmpty().isEqualTo(found(FAULT, promises));
  }

  /** The names that the drills give themselves. */
  private static Set<String> drills() {
    return sources("src/main/java/dev/ss/drill/fault").stream()
        .flatMap(source -> source.textsIn("name").stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** All texts in the code, without the places for arguments. */
  private static String code() {
    return sources("src/main/java").stream()
        .flatMap(source -> source.texts().stream())
        .collect(Collectors.joining("\n"))
        .replace("{}", "");
  }

  /** The sources in this directory of each module. */
  private static List<JavaSource> sources(String directory) {
    return JavaSource.below(
        MODULES.stream()
            .map(module -> Repository.root().resolve(module).resolve(directory))
            .toList());
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
