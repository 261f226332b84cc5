package dev.ss.bridge.hard;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The table in docs/bridge.md that {@link HardCasesTest} writes. */
final class HardTable {
  private static final String BEGIN = "<!-- hard-cases:begin -->\n";
  private static final String END = "<!-- hard-cases:end -->";

  private final Path file =
      Stream.of("../docs/bridge.md", "../../docs/bridge.md")
          .map(Path::of)
          .filter(Files::exists)
          .findFirst()
          .orElseThrow();

  String read() {
    String document = document();
    return document.substring(begin(document), end(document));
  }

  void write(String table) {
    String document = document();
    try {
      Files.writeString(
          file, document.substring(0, begin(document)) + table + document.substring(end(document)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String document() {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static int begin(String document) {
    return document.indexOf(BEGIN) + BEGIN.length();
  }

  private static int end(String document) {
    return document.indexOf(END);
  }
}
