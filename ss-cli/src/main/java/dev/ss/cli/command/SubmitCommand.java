package dev.ss.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.cli.api.ExitCode;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ss submit}. */
@Command(
    name = "submit",
    description = "Submit a job and print its id; ss run also waits for it and prints its output.")
public final class SubmitCommand extends SubmitOptions {
  @Option(names = "--json", description = "print the job as JSON instead of its id")
  private boolean json;

  public SubmitCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    JsonNode job = submit(api());
    if (json) {
      printJson(job);
    } else {
      print(job.path("job_id").asText() + "\n");
    }
    return ExitCode.OK;
  }
}
