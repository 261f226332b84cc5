package dev.ss.bridge.strict;

/** A page breaks a rule of its format. */
public final class MalformedPage extends RuntimeException {
  private static final long serialVersionUID = 1;

  MalformedPage(int line, String reason) {
    super("line %d: %s".formatted(line, reason));
  }
}
