package dev.ss.access;

import dev.ss.access.TokensFile.InvalidTokensException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;

/**
 * A token that has just been made.
 *
 * @param token the secret that its holder sends
 * @param entry the line for the file of tokens, which holds only the hash
 */
public record NewToken(String token, String entry) {
  /** Lets scanners of source code recognise a token that somebody has committed. */
  private static final String PREFIX = "ss_";

  private static final int RANDOM_BYTES = 32;

  /**
   * Makes a token.
   *
   * @param jobTypes the only job types that it is for; empty for all
   * @throws IllegalArgumentException if the entry would not be valid; the message says why
   */
  public static NewToken make(
      SecureRandom random, String name, List<String> allow, List<String> jobTypes) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String token = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    String types =
        jobTypes.isEmpty() ? "" : ", jobTypes: [%s]".formatted(String.join(", ", jobTypes));
    String entry =
        "- {name: %s, sha256: %s, allow: [%s]%s}"
            .formatted(name, Tokens.sha256(token), String.join(", ", allow), types);
    requireValid(entry);
    return new NewToken(token, entry);
  }

  private static void requireValid(String entry) {
    try {
      TokensFile.parse(("tokens:\n  " + entry).getBytes(StandardCharsets.UTF_8));
    } catch (InvalidTokensException e) {
      throw new IllegalArgumentException(
          String.valueOf(e.getMessage()).replace("tokens[0].", ""), e);
    }
  }

  /** Does not show the secret. */
  @Override
  public String toString() {
    return entry;
  }
}
