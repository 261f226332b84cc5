package dev.ss.cli.text;

/** Makes text that others chose safe to show: a terminal obeys control characters. */
public final class Plain {
  private Plain() {}

  /** Replaces control characters and what reorders text. */
  public static String text(String text) {
    if (text.codePoints().noneMatch(Plain::isUnsafe)) {
      return text;
    }
    StringBuilder plain = new StringBuilder(text.length());
    text.codePoints().forEach(each -> plain.appendCodePoint(isUnsafe(each) ? '\uFFFD' : each));
    return plain.toString();
  }

  private static boolean isUnsafe(int codePoint) {
    return switch (Character.getType(codePoint)) {
      case Character.CONTROL,
          Character.FORMAT,
          Character.SURROGATE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> false;
    };
  }
}
