package dev.ss;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.repository.Repository;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every link, file and test that a document names exists. */
class DocumentsTest {
  private static final Path REPOSITORY = Repository.root();

  /** The target of {@code [text](target)}, also of an image. */
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)\\s]+)\\)");

  private static final Pattern CODE = Pattern.compile("`([^`\n]+)`");

  /** Names of tests, drills and benchmarks. */
  private static final Pattern TEST = Pattern.compile("[A-Z]\\w*(Test|IT|Drill|Stress|Benchmark)");

  private static final Pattern FILE =
      Pattern.compile("(bin|docs|ops|\\.ci|\\.github|ss-[a-z]+)/[\\w./-]*\\w");

  /** Files that a build or a user creates. */
  private static final Pattern MADE = Pattern.compile(".*/target(/.*)?|ops/docker/\\.env");

  static Stream<Path> documents() {
    return files(path -> path.toString().endsWith(".md")).map(REPOSITORY::relativize);
  }

  private static Stream<Path> files(Predicate<Path> wanted) {
    try (Stream<Path> all = Files.walk(REPOSITORY)) {
      return all
          .filter(path -> !isHidden(REPOSITORY.relativize(path)))
          .filter(wanted)
          .toList()
          .stream();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static boolean isHidden(Path path) {
    return Stream.of("target", ".git", "node_modules", "data")
        .anyMatch(name -> path.toString().matches("(.*/)?" + Pattern.quote(name) + "(/.*)?"));
  }

  private static List<String> found(Pattern pattern, Path document) {
    try {
      return pattern
          .matcher(Files.readString(REPOSITORY.resolve(document)))
          .results()
          .map((MatchResult result) -> result.group(1))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("documents")
  void eachLinkLeadsToAFile(Path document) {
    Path directory = REPOSITORY.resolve(document).getParent();

    assertThat(found(LINK, document).stream().filter(link -> !link.matches("(https?:|#).*")))
        .allSatisfy(link -> assertThat(directory.resolve(link.replaceFirst("#.*", ""))).exists());
  }

  @ParameterizedTest
  @MethodSource("documents")
  void eachFileThatIsNamedIsThere(Path document) {
    assertThat(
            found(CODE, document).stream()
                .flatMap(code -> Stream.of(code.split("[\\s:,;|()]+")))
                .filter(FILE.asMatchPredicate())
                .filter(MADE.asMatchPredicate().negate()))
        .allSatisfy(file -> assertThat(REPOSITORY.resolve(file)).exists());
  }

  @Test
  void eachTestThatIsNamedIsThere() {
    Set<String> classes =
        files(path -> path.toString().endsWith(".java"))
            .map(path -> path.getFileName().toString().replace(".java", ""))
            .collect(Collectors.toSet());

    assertThat(documents())
        .allSatisfy(
            document ->
                assertThat(found(CODE, document).stream().filter(TEST.asMatchPredicate()))
                    .as(document.toString())
                    .allSatisfy(name -> assertThat(classes).contains(name)));
  }
}
