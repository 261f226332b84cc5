package dev.ss.bridge.strict;

/** Thrown if a page breaks a rule of its format. */
public final class MalformedPage extends RuntimeException {
  private static final long serialVersionUID = 1;

  MalformedPage(int line, String reason) {
    super("line %d: %s".formatted(line, reason));
  }
}
