package dev.ss.bridge.strict;

import java.util.Map;
import java.util.Optional;

/** An exemplar of a sample. */
public record Exemplar(Map<String, String> labels, double value, Optional<String> timestamp) {
  private static final int MAX_CHARACTERS = 128;

  boolean isTooLong() {
    return labels.entrySet().stream()
            .mapToInt(label -> characters(label.getKey()) + characters(label.getValue()))
            .sum()
        > MAX_CHARACTERS;
  }

  private static int characters(String text) {
    return text.codePointCount(0, text.length());
  }
}
