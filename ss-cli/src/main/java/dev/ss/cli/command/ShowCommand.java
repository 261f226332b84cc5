package dev.ss.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ss.cli.api.Api;
import dev.ss.cli.api.ExitCode;
import dev.ss.cli.text.Colour;
import dev.ss.cli.text.Plain;
import dev.ss.cli.text.Sizes;
import dev.ss.cli.text.Table;
import dev.ss.cli.text.Times;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ss show}. */
@Command(name = "show", description = "Show a job and its attempts.")
public final class ShowCommand extends ApiCommand {
  @Parameters(paramLabel = "JOB", description = "the job's id")
  private String jobId = "";

  @Option(names = "--json", description = "print the job as JSON, with its attempts")
  private boolean json;

  public ShowCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    Api api = api();
    JsonNode job = api.get(Api.path(jobId, ""));
    JsonNode attempts = api.get(Api.path(jobId, "/attempts")).path("attempts");
    if (json) {
      printJson(((ObjectNode) job).set("attempts", attempts));
      return ExitCode.OK;
    }
    print(fields(job));
    if (!attempts.isEmpty()) {
      print("\n" + table(attempts));
    }
    return ExitCode.OK;
  }

  private String fields(JsonNode job) {
    Times times = times();
    StringBuilder text = new StringBuilder();
    field(text, "job", job.path("job_id").asText());
    field(text, "type", job.path("job_type").asText());
    String state = Plain.text(job.path("state").asText());
    field(text, "state", context.terminal().coloured(Colour.of(state), state));
    field(
        text, "attempt", job.path("attempt").asText() + " of " + job.path("max_attempts").asText());
    optional(text, "worker", job.path("worker_id"));
    progress(text, job);
    field(text, "created", moment(times, job.path("created_at")));
    field(text, "due", moment(times, job.path("run_at")));
    field(text, "started", moment(times, job.path("started_at")));
    field(text, "finished", moment(times, job.path("finished_at")));
    field(text, "took", times.between(job.path("started_at"), job.path("finished_at")));
    optional(text, "exit code", job.path("exit_code"));
    optional(text, "error", job.path("error_code"));
    pairs(text, "parameters", job.path("parameters"));
    pairs(text, "labels", job.path("labels"));
    optional(text, "schedule", job.path("schedule"));
    optional(text, "submitted by", job.path("submitted_by"));
    optional(text, "changed by", job.path("changed_by"));
    field(text, "input", Sizes.text(job.path("input_size")));
    field(text, "output", size(job, "output"));
    field(text, "log", size(job, "log"));
    field(text, "cpu", Times.seconds(job.path("cpu_seconds")));
    field(text, "peak memory", Sizes.text(job.path("peak_memory_bytes")));
    return text.toString();
  }

  private static String moment(Times times, JsonNode time) {
    return time.isTextual() ? "%s (%s)".formatted(time.textValue(), times.ago(time)) : "-";
  }

  private static String size(JsonNode job, String stream) {
    return Sizes.text(job.path(stream + "_size"))
        + (job.path(stream + "_truncated").asBoolean() ? ", of which SS kept a part" : "");
  }

  private void progress(StringBuilder text, JsonNode job) {
    List<String> said = new ArrayList<>();
    if (job.path("progress").isNumber()) {
      said.add(Math.round(job.path("progress").doubleValue() * 100) + "%");
    }
    if (job.path("progress_message").isTextual()) {
      said.add(Plain.text(job.path("progress_message").textValue()));
    }
    if (!said.isEmpty()) {
      field(text, "progress", String.join(" ", said));
    }
  }

  private void optional(StringBuilder text, String name, JsonNode value) {
    if (!value.isNull() && !value.isMissingNode()) {
      field(text, name, Plain.text(value.asText()));
    }
  }

  private void pairs(StringBuilder text, String name, JsonNode pairs) {
    if (!pairs.isEmpty()) {
      List<String> all = new ArrayList<>();
      pairs
          .properties()
          .forEach(each -> all.add(Plain.text(each.getKey() + "=" + each.getValue().asText())));
      field(text, name, String.join(", ", all));
    }
  }

  private void field(StringBuilder text, String name, String value) {
    text.append(context.terminal().coloured(Colour.BOLD, "%-13s".formatted(name)))
        .append(' ')
        .append(value)
        .append('\n');
  }

  private String table(JsonNode attempts) {
    Times times = times();
    Table table =
        new Table(
            "RUN", "ATTEMPT", "OUTCOME", "WORKER", "STARTED", "TOOK", "EXIT", "CPU", "MEMORY",
            "LOG");
    for (JsonNode each : attempts) {
      table.row(
          each.path("run"),
          each.path("attempt"),
          each.path("outcome"),
          each.path("worker_id"),
          times.ago(each.path("started_at")),
          times.between(each.path("started_at"), each.path("ended_at")),
          each.path("exit_code"),
          Times.seconds(each.path("cpu_seconds")),
          Sizes.text(each.path("peak_memory_bytes")),
          Sizes.text(each.path("log_size")));
    }
    return table.text(context.terminal());
  }
}
