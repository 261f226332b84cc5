package dev.ss.api.http;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/**
 * Where the next page of jobs begins: after the job with this id. The text is opaque, so that
 * clients do not construct it themselves.
 */
final class Cursor {
  private static final int BYTES = 2 * Long.BYTES;

  private Cursor() {}

  static String after(UUID jobId) {
    byte[] bytes =
        ByteBuffer.allocate(BYTES)
            .putLong(jobId.getMostSignificantBits())
            .putLong(jobId.getLeastSignificantBits())
            .array();
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  static UUID parse(String cursor) {
    try {
      byte[] bytes = Base64.getUrlDecoder().decode(cursor);
      if (bytes.length == BYTES) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
      }
    } catch (IllegalArgumentException notBase64) {
      // refused below, like a wrong length
    }
    throw new ProblemException(
        ProblemCode.INVALID_PARAMETER, "cursor must be a next_cursor of an earlier page.");
  }
}
