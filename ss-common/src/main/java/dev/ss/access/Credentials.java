package dev.ss.access;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads the token of an {@code Authorization} header: {@code Bearer TOKEN} (RFC 6750), or {@code
 * Basic}, whose password is the token and whose user name may be anything (RFC 7617). Prometheus
 * sends both, browsers ask for the second.
 */
final class Credentials {
  private Credentials() {}

  /** Returns the token; empty if the header has none or is malformed. */
  static Optional<String> token(String authorization) {
    String[] parts = authorization.strip().split(" +", 2);
    if (parts.length < 2) {
      return Optional.empty();
    }
    return switch (parts[0].toLowerCase(Locale.ROOT)) {
      case "bearer" -> Optional.of(parts[1]);
      case "basic" -> password(parts[1]);
      default -> Optional.empty();
    };
  }

  private static Optional<String> password(String encoded) {
    try {
      String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
      int colon = pair.indexOf(':');
      return colon < 0 ? Optional.empty() : Optional.of(pair.substring(colon + 1));
    } catch (IllegalArgumentException malformed) {
      return Optional.empty();
    }
  }
}
