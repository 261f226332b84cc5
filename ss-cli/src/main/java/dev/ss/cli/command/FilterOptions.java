package dev.ss.cli.command;

import dev.ss.cli.api.Query;
import dev.ss.cli.text.Times;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which jobs: options that list, cancel and retry have in common. */
final class FilterOptions {
  @Option(
      names = {"-s", "--state"},
      paramLabel = "STATE",
      split = ",",
      description = "queued, running, succeeded, failed or cancelled; may be repeated")
  private List<String> states = new ArrayList<>();

  @Option(
      names = {"-t", "--type"},
      paramLabel = "TYPE",
      split = ",",
      description = "the job type; may be repeated")
  private List<String> types = new ArrayList<>();

  @Option(
      names = {"-l", "--label"},
      paramLabel = "NAME=VALUE",
      description = "a label; may be repeated, and the job has all of them")
  private Map<String, String> labels = new LinkedHashMap<>();

  @Option(
      names = "--error",
      paramLabel = "CODE",
      split = ",",
      description = "the error code, such as timed_out; may be repeated")
  private List<String> errors = new ArrayList<>();

  @Option(
      names = "--since",
      paramLabel = "TIME",
      description = "created after: 2h ago, or 2027-01-31T08:00:00Z")
  private @Nullable String since;

  @Option(names = "--until", paramLabel = "TIME", description = "created before")
  private @Nullable String until;

  @Option(names = "--schedule", paramLabel = "NAME", description = "made by this schedule")
  private @Nullable String schedule;

  /** Adds what was asked for to a path. */
  Query on(String path, Times times) {
    return new Query(path)
        .withAll("state", states)
        .withAll("job_type", types)
        .withAll("label", SubmitOptions.pairs(labels))
        .withAll("error_code", errors)
        .with("created_after", ApiCommand.time(since, times::past))
        .with("created_before", ApiCommand.time(until, times::past))
        .with("schedule", schedule);
  }
}
