package dev.ss.api.submit;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.job.JobInput;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/**
 * The input of a submission, however it was sent.
 *
 * @param uploadId the upload that has the rest of it, if the first part is not all of it
 * @param identity bytes that tell whether two inputs that were sent in the same way are the same
 */
@SuppressWarnings("ArrayRecordComponent") // passed on, never compared
record SubmittedInput(JobInput input, Optional<UUID> uploadId, byte[] identity) {

  /**
   * An input that was a string in JSON.
   *
   * @param maxBytes the maximum size of its UTF-8
   */
  static SubmittedInput ofText(String text, long maxBytes) {
    byte[] bytes = utf8(text);
    if (bytes.length > maxBytes) {
      throw new ProblemException(
          ProblemCode.INPUT_TOO_LARGE,
          ("input has %d bytes in UTF-8; the maximum in JSON is %d. Send a larger one as the body of"
                  + " POST /v1/jobs?job_type=…, with Content-Type: application/octet-stream.")
              .formatted(bytes.length, maxBytes));
    }
    return new SubmittedInput(JobInput.of(bytes), Optional.empty(), bytes);
  }

  /** An input that was the body of a request. */
  static SubmittedInput of(RawInput raw) {
    return new SubmittedInput(
        raw.input(),
        raw.uploadId(),
        ("sha256:" + raw.sha256()).getBytes(StandardCharsets.US_ASCII));
  }

  /** A JSON string can hold an unpaired surrogate, such as "\ud800"; UTF-8 cannot. */
  private static byte[] utf8(String text) {
    if (!StandardCharsets.UTF_8.newEncoder().canEncode(text)) {
      throw new ProblemException(
          ProblemCode.INVALID_FIELD, "input has an unpaired surrogate, which UTF-8 cannot hold.");
    }
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
