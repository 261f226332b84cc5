package dev.ss.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.cli.api.Api;
import dev.ss.cli.api.Input;
import dev.ss.cli.api.Query;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that submits a job. */
abstract class SubmitOptions extends ApiCommand {
  @Parameters(index = "0", paramLabel = "TYPE", description = "the job type; see ss types")
  private String type = "";

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FILE",
      description = "the input; default: what comes from the standard input")
  private @Nullable Path file;

  @Option(
      names = {"-p", "--parameter"},
      paramLabel = "NAME=VALUE",
      description = "a parameter of the job type; may be repeated")
  private Map<String, String> parameters = new LinkedHashMap<>();

  @Option(
      names = {"-l", "--label"},
      paramLabel = "NAME=VALUE",
      description = "a label to find the job by; may be repeated")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "how long an attempt may run, as in 90s; at most the type's timeout")
  private @Nullable String timeout;

  @Option(
      names = "--priority",
      paramLabel = "NUMBER",
      description = "-100 to 100; jobs with a higher one start first")
  private @Nullable Integer priority;

  @Option(
      names = "--at",
      paramLabel = "TIME",
      description = "when the job is due: 2h from now, or 2027-01-31T08:00:00Z")
  private @Nullable String at;

  @Option(
      names = "--max-attempts",
      paramLabel = "NUMBER",
      description = "how many attempts the job has; default: that of its type")
  private @Nullable Integer maxAttempts;

  @Option(
      names = "--key",
      paramLabel = "KEY",
      description = "the idempotency key: with the same one, nothing is submitted twice")
  private @Nullable String key;

  SubmitOptions(Context context) {
    super(context);
  }

  /** Submits the job and returns it. */
  final JsonNode submit(Api api) {
    Query query =
        new Query("/v1/jobs")
            .with("job_type", type)
            .with("priority", priority)
            .with("run_at", time(at, times()::future))
            .with("max_attempts", maxAttempts)
            .with("timeout", timeout)
            .withAll("parameter", pairs(parameters))
            .withAll("label", pairs(labels));
    return api.submit(query, input(), key == null ? UUID.randomUUID().toString() : key);
  }

  /** As the API's query parameters have them. */
  static List<String> pairs(Map<String, String> values) {
    return values.entrySet().stream().map(each -> each.getKey() + ":" + each.getValue()).toList();
  }

  private Input input() {
    if (file != null && !file.toString().equals("-")) {
      return Input.ofFile(file);
    }
    if (context.terminal().in() && context.terminal().err()) {
      context.err().println("ss: type the input; Ctrl-D at the beginning of a line ends it.");
    }
    return Input.of(context.in());
  }
}
