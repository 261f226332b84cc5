package dev.ss.access;

/**
 * The {@code WWW-Authenticate} header of a 401. Browsers understand {@code Basic} and ask the
 * person for the token.
 */
public final class Challenge {
  /** The value of the header: both schemes that SS accepts (RFC 9110, 11.6.1). */
  public static final String VALUE = "Basic realm=\"SS\", charset=\"UTF-8\", Bearer realm=\"SS\"";

  private Challenge() {}
}
