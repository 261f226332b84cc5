package dev.ss.config;

import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** Reads a list of names whose entries may be several names, separated by commas. */
final class NameList {
  private NameList() {}

  static List<String> of(List<String> entries) {
    return entries.stream()
        .filter(Objects::nonNull)
        .flatMap(entry -> Stream.of(entry.split(",")))
        .map(String::strip)
        .filter(name -> !name.isEmpty())
        .distinct()
        .toList();
  }
}
