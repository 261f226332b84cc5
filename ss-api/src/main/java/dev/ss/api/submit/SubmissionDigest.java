package dev.ss.api.submit;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A digest that tells whether two submissions have the same values, however their JSON is written.
 */
final class SubmissionDigest {
  private SubmissionDigest() {}

  /**
   * SHA-256 over the fields. Each field is preceded by its length, so that different fields cannot
   * give the same bytes.
   *
   * @param input the body's input in UTF-8
   */
  static String of(SubmitBody body, byte[] input) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, body.jobType());
      add(digest, input);
      add(digest, body.priority().map(String::valueOf).orElse(""));
      add(digest, body.runAt().orElse(""));
      add(digest, body.maxAttempts().map(String::valueOf).orElse(""));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  private static void add(MessageDigest digest, String field) {
    add(digest, field.getBytes(StandardCharsets.UTF_8));
  }

  private static void add(MessageDigest digest, byte[] field) {
    digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(field.length).array());
    digest.update(field);
  }
}
