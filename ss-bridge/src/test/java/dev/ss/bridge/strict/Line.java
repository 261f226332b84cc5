package dev.ss.bridge.strict;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;

/** A line, and the position up to which it has been read. */
final class Line {
  private static final Pattern REAL =
      Pattern.compile("[-+]?(?:[0-9]+(?:\\.[0-9]*)?|\\.[0-9]+)(?:[eE][-+]?[0-9]+)?");
  private static final Pattern INFINITE = Pattern.compile("(?i)[-+]?inf(?:inity)?");
  private static final Pattern WHOLE = Pattern.compile("-?[0-9]+");

  private final Dialect dialect;
  private final int number;
  private final String text;
  private int at;

  Line(Dialect dialect, int number, String text) {
    this.dialect = dialect;
    this.number = number;
    this.text = text;
  }

  int number() {
    return number;
  }

  MalformedPage malformed(String reason) {
    return new MalformedPage(number, reason);
  }

  boolean isEmpty() {
    return text.isEmpty();
  }

  boolean isAtEnd() {
    return at == text.length();
  }

  /** Skips this text if it comes next, and returns whether it did. */
  boolean skip(String expected) {
    boolean isNext = text.startsWith(expected, at);
    if (isNext) {
      at += expected.length();
    }
    return isNext;
  }

  void expect(String expected) {
    if (!skip(expected)) {
      throw malformed(
          isAtEnd()
              ? "it ends where '%s' is missing".formatted(expected)
              : "'%s' is missing before '%s'".formatted(expected, text.substring(at)));
    }
  }

  /** Reads the rest of the line. */
  String rest() {
    String rest = text.substring(at);
    at = text.length();
    return rest;
  }

  /** Reads up to the next space. */
  String word() {
    return run(character -> character != ' ');
  }

  String metricName() {
    return name("metric", character -> isInName(character) || character == ':');
  }

  private String labelName() {
    return name("label", Line::isInName);
  }

  private String name(String what, IntPredicate allowed) {
    String name = run(allowed);
    if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
      throw malformed("no name of a %s: '%s'".formatted(what, name + text.substring(at)));
    }
    return name;
  }

  private static boolean isInName(int character) {
    return (character >= 'a' && character <= 'z')
        || (character >= 'A' && character <= 'Z')
        || (character >= '0' && character <= '9')
        || character == '_';
  }

  private String run(IntPredicate allowed) {
    int start = at;
    while (at < text.length() && allowed.test(text.charAt(at))) {
      at++;
    }
    return text.substring(start, at);
  }

  /** Reads labels and the closing brace; the opening brace has been read. */
  Map<String, String> labels() {
    Map<String, String> labels = new LinkedHashMap<>();
    if (skip("}")) {
      return labels;
    }
    do {
      String name = labelName();
      expect("=\"");
      String value = escaped('"');
      expect("\"");
      if (labels.put(name, value) != null) {
        throw malformed("the label %s twice".formatted(name));
      }
    } while (skip(","));
    expect("}");
    return labels;
  }

  /** Reads a help text, in which only OpenMetrics escapes quotes. */
  String help() {
    String help = escaped(dialect == Dialect.OPEN_METRICS ? '"' : '\n');
    if (!isAtEnd()) {
      throw malformed("a quote that is not escaped");
    }
    return help;
  }

  /** Reads escaped text up to this character or the end of the line. */
  private String escaped(char end) {
    int start = at;
    while (!isAtEnd() && text.charAt(at) != end && text.charAt(at) != '\\') {
      at++;
    }
    StringBuilder value = new StringBuilder(text.substring(start, at));
    while (!isAtEnd() && text.charAt(at) != end) {
      char next = text.charAt(at++);
      value.append(next == '\\' ? unescaped(end) : next);
    }
    return value.toString();
  }

  private char unescaped(char end) {
    char escaped = isAtEnd() ? ' ' : text.charAt(at++);
    if (escaped == 'n') {
      return '\n';
    }
    if (escaped != '\\' && escaped != end) {
      throw malformed("a backslash that escapes nothing");
    }
    return escaped;
  }

  /** Reads a sample's value. */
  double value() {
    String word = word();
    if (word.equalsIgnoreCase("nan")) {
      return Double.NaN;
    }
    if (INFINITE.matcher(word).matches()) {
      return word.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }
    return real(word);
  }

  private double real(String word) {
    if (!REAL.matcher(word).matches()) {
      throw malformed("no number: '%s'".formatted(word));
    }
    double value = Double.parseDouble(word);
    if (Double.isInfinite(value)) {
      throw malformed("a number that no double can be: " + word);
    }
    return value;
  }

  /** Reads a timestamp if there is one: seconds in OpenMetrics, whole milliseconds in text. */
  Optional<String> timestamp() {
    if (isAtEnd() || text.startsWith(" #", at)) {
      return Optional.empty();
    }
    expect(" ");
    String word = word();
    if (dialect == Dialect.OPEN_METRICS) {
      real(word);
    } else if (!WHOLE.matcher(word).matches()) {
      throw malformed("no number of milliseconds: '%s'".formatted(word));
    }
    return Optional.of(word);
  }

  /** Parses a number in a label's value. */
  static Optional<Double> number(String labelValue) {
    try {
      return Optional.of(new Line(Dialect.TEXT, 0, labelValue).whole());
    } catch (MalformedPage notOne) {
      return Optional.empty();
    }
  }

  private double whole() {
    double value = value();
    expectEnd();
    return value;
  }

  void expectEnd() {
    if (!isAtEnd()) {
      throw malformed("something behind its end: '%s'".formatted(text.substring(at)));
    }
  }
}
