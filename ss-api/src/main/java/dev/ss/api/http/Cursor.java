package dev.ss.api.http;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.UUID;

/** Where the next page begins: after a job, written so that nobody is tempted to make one up. */
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
      // the same answer
    }
    throw new ProblemException(
        ProblemCode.INVALID_PARAMETER, "cursor must be a next_cursor of an earlier page.");
  }
}
