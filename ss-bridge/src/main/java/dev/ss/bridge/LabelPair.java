package dev.ss.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;

/** A label and a value of it; made by {@link Label#is} alone. */
public final class LabelPair {
  private final String name;
  private final String value;

  LabelPair(String name, String value) {
    this.name = name;
    this.value = wellFormed(value);
  }

  /** As a scrape can have it: what is half a character becomes a question mark. */
  static String wellFormed(String value) {
    return new String(value.getBytes(UTF_8), UTF_8);
  }

  String name() {
    return name;
  }

  String value() {
    return value;
  }
}
