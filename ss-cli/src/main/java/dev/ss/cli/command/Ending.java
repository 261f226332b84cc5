package dev.ss.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.cli.text.Plain;
import dev.ss.cli.text.Times;

/** Says how a job ended, unless it succeeded and nobody looks. */
final class Ending {
  private Ending() {}

  static void say(JsonNode job, Times times, Context context) {
    String state = job.path("state").asText();
    boolean succeeded = state.equals("succeeded");
    if (succeeded && !context.terminal().err()) {
      return;
    }
    context.err().println("ss: " + (succeeded ? success(job, times) : failure(job)));
    context.err().flush();
  }

  private static String success(JsonNode job, Times times) {
    return "the job succeeded in "
        + times.between(job.path("started_at"), job.path("finished_at"))
        + ".";
  }

  private static String failure(JsonNode job) {
    String jobId = job.path("job_id").asText();
    String state = job.path("state").asText();
    if (!state.equals("failed")) {
      return "the job %s is %s.".formatted(jobId, Plain.text(state));
    }
    return "the job %s failed in attempt %d of %d: %s. ss show %s has more."
        .formatted(
            jobId, job.path("attempt").asInt(), job.path("max_attempts").asInt(), why(job), jobId);
  }

  private static String why(JsonNode job) {
    String code = Plain.text(job.path("error_code").asText());
    return job.path("exit_code").isNumber()
        ? "%s, exit code %d".formatted(code, job.path("exit_code").asInt())
        : code;
  }
}
