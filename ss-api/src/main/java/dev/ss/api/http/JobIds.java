package dev.ss.api.http;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import java.util.UUID;
import java.util.regex.Pattern;

/** Parses the {@code job_id} in a path, and reports unknown ones. */
final class JobIds {
  private static final Pattern UUID_TEXT =
      Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");

  private JobIds() {}

  static UUID parse(String jobId) {
    if (!UUID_TEXT.matcher(jobId).matches()) {
      throw new ProblemException(
          ProblemCode.INVALID_JOB_ID,
          "A job_id is a UUID in lower case, as POST /v1/jobs returns it.");
    }
    return UUID.fromString(jobId);
  }

  static ProblemException notFound() {
    return new ProblemException(ProblemCode.JOB_NOT_FOUND, "There is no job with this job_id.");
  }
}
