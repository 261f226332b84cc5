package dev.ss.job;

import java.nio.charset.StandardCharsets;

/** Tells which texts of clients SS passes on and stores. */
final class Texts {
  private Texts() {}

  /** Whether the text has no control characters, and no half of a surrogate pair. */
  static boolean isPlain(String text) {
    return text.chars().noneMatch(Character::isISOControl)
        && StandardCharsets.UTF_8.newEncoder().canEncode(text);
  }
}
