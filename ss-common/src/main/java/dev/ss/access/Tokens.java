package dev.ss.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/**
 * The tokens of one file. SS keeps only their SHA-256 hashes: a token is 32 random bytes, so it
 * cannot be guessed from its hash, and a slow hash would only slow down requests.
 */
final class Tokens {
  private final List<HashedToken> tokens;

  /**
   * @param sha256 the SHA-256 hash of the token's UTF-8 bytes, in lower-case hexadecimal digits
   */
  record HashedToken(String sha256, Caller caller) {}

  Tokens(List<HashedToken> tokens) {
    this.tokens = List.copyOf(tokens);
  }

  int count() {
    return tokens.size();
  }

  /**
   * Returns the holder of a token; empty if no token of the file is this one. Compares with every
   * token, and every byte of it, so that the time does not depend on how much of it was right.
   */
  Optional<Caller> callerWith(String token) {
    byte[] presented = ascii(sha256(token));
    Caller found = null;
    for (HashedToken known : tokens) {
      if (MessageDigest.isEqual(ascii(known.sha256()), presented)) {
        found = known.caller();
      }
    }
    return Optional.ofNullable(found);
  }

  private static byte[] ascii(String digits) {
    return digits.getBytes(StandardCharsets.US_ASCII);
  }

  static String sha256(String token) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      return HexFormat.of().formatHex(digest.digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
