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
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/failures.md promises nothing that no drill or test shows. */
class FailuresDocTest {
  private static final Path DRILLS = Path.of("ss-drill/src/main/java/dev/ss/drill/fault");
  private static final Pattern DRILL = Pattern.compile("drills/run (?:--quick )?([a-z-]+)");
  private static final Pattern DRILL_NAME =
      Pattern.compile("String name\\(\\) \\{\\s*return ([^;]*);");
  private static final Pattern QUOTED = Pattern.compile("\"([a-z-]+)\"");
  private static final Pattern TEST =
      Pattern.compile("`([A-Z]\\w*(?:Test|IT|Conformance))\\.(\\w+)`");

  private static final Pattern LOG_LINE = Pattern.compile("`([A-Z][^`]*(?:…|\\.))`");

  private final String document = read(Repository.root().resolve("docs/failures.md"));

  @Test
  void everyDrillIsNamedAndEveryNamedDrillExists() {
    assertThat(found(DRILL, document)).isEqualTo(drills());
  }

  @Test
  void everyNamedTestExists() {
    List<MatchResult> tests = TEST.matcher(document).results().toList();
    assertThat(tests).isNotEmpty();
    for (MatchResult test : tests) {
      assertThat(source(test.group(1)))
          .as(test.group(1))
          .containsPattern("void " + test.group(2) + "\\(");
    }
  }

  @Test
  void everyQuotedLogLineIsInTheCode() {
    String code = code();
    List<String> lines =
        document
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
    for (String section : document.split("\n## ", -1)) {
      if (section.contains("| clients |") || section.contains("| jobs |")) {
        assertThat(section.lines().filter(line -> line.startsWith("| shown by |")))
            .as(section)
            .singleElement()
            .asString()
            .contains("`");
      }
    }
  }

  private static Set<String> drills() {
    return sources(DRILLS)
        .map(FailuresDocTest::read)
        .flatMap(source -> DRILL_NAME.matcher(source).results())
        .flatMap(result -> found(QUOTED, result.group(1)).stream())
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(result -> result.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** All texts in the code, without what joins their parts. */
  private static String code() {
    return Stream.of("ss-common", "ss-api", "ss-worker")
        .flatMap(module -> sources(Path.of(module, "src/main/java")))
        .map(FailuresDocTest::read)
        .collect(Collectors.joining())
        .replaceAll("\"\\s*\\+ \"", "")
        .replaceAll("\\{}", "");
  }

  private static String source(String className) {
    return Stream.of("ss-common", "ss-api", "ss-worker")
        .flatMap(module -> sources(Path.of(module, "src/test/java")))
        .filter(path -> path.endsWith(className + ".java"))
        .map(FailuresDocTest::read)
        .findFirst()
        .orElse("");
  }

  private static Stream<Path> sources(Path directory) {
    try (Stream<Path> paths = Files.walk(Repository.root().resolve(directory))) {
      return paths.filter(Files::isRegularFile).toList().stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
