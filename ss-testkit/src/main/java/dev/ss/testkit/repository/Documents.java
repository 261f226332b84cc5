package dev.ss.testkit.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The README, docs and runbooks, as far as they quote PromQL. */
public final class Documents {
  private static final Pattern BLOCK = Pattern.compile("(?s)```promql\n(.*?)```");

  /** As curl is given one. */
  private static final Pattern ARGUMENT = Pattern.compile("'query=(.+?)'");

  private static final Path METRICS = Path.of("metrics.md");

  /** In the page of metrics. */
  private static final Pattern EXAMPLE = Pattern.compile("(?m)^\\| `\\w+` \\| `(.+)` \\|$");

  private Documents() {}

  /** Returns the queries of all documents. */
  public static List<Query> queries() {
    Path root = Repository.root();
    return Stream.of(
            Stream.of(root.resolve("README.md")),
            files(root.resolve("docs")),
            files(root.resolve("ops/runbooks")))
        .flatMap(files -> files)
        .flatMap(
            file ->
                queries(file).stream()
                    .map(query -> new Query(root.relativize(file).toString(), query, true)))
        .toList();
  }

  /** Returns the queries of one document; each line of a block is one. */
  public static List<String> queries(Path document) {
    String text = read(document);
    Stream<String> blocks = quoted(BLOCK, text).flatMap(String::lines);
    String page = document.endsWith(METRICS) ? text : "";
    Stream<String> examples = quoted(EXAMPLE, page).map(query -> query.replace("\\|", "|"));
    return Stream.of(blocks, quoted(ARGUMENT, text), examples).flatMap(queries -> queries).toList();
  }

  private static Stream<String> quoted(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    return matcher.results().map(found -> found.group(1));
  }

  private static Stream<Path> files(Path directory) {
    try (Stream<Path> files = Files.walk(directory)) {
      return files.filter(file -> file.toString().endsWith(".md")).sorted().toList().stream();
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
