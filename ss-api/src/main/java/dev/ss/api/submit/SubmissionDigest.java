package dev.ss.api.submit;

import dev.ss.job.JobOptions;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;

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
   * @param options from the body
   */
  static String of(SubmitBody body, byte[] input, JobOptions options) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      add(digest, body.jobType());
      add(digest, input);
      add(digest, body.priority().map(String::valueOf).orElse(""));
      add(digest, body.runAt().orElse(""));
      add(digest, body.maxAttempts().map(String::valueOf).orElse(""));
      add(digest, "parameters", options.parameters());
      add(digest, "labels", options.labels());
      add(
          digest,
          "timeout",
          options.timeout().map(limit -> Map.of("ms", "" + limit.toMillis())).orElse(Map.of()));
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }

  /** Adds nothing if there are no options, so that the digest is that of earlier versions. */
  private static void add(MessageDigest digest, String field, Map<String, String> values) {
    if (!values.isEmpty()) {
      add(digest, field);
      add(digest, String.valueOf(values.size()));
      new TreeMap<>(values)
          .forEach(
              (name, value) -> {
                add(digest, name);
                add(digest, value);
              });
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
