package dev.ss.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.cli.api.Api;
import dev.ss.cli.api.ExitCode;
import dev.ss.cli.api.Failure;
import dev.ss.cli.api.Query;
import dev.ss.cli.text.Plain;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that changes jobs: those that are named, or those that a filter finds. */
abstract class ChangeOptions extends ApiCommand {
  private static final int MAX_JOBS = 10_000;

  @Parameters(
      arity = "0..*",
      paramLabel = "JOB",
      description = "the jobs' ids; without one, the options below say which jobs")
  private List<String> jobs = List.of();

  @Mixin private FilterOptions filter = new FilterOptions();

  @Option(names = "--dry-run", description = "only count the jobs that a filter finds")
  private boolean dryRun;

  @Option(
      names = {"-y", "--yes"},
      description = "do not ask before changing the jobs that a filter finds")
  private boolean yes;

  @Option(names = "--json", description = "print the answers as JSON, one a line")
  private boolean json;

  private final String action;
  private final String done;

  /**
   * @param action the last part of the route
   * @param done what is said of the jobs afterwards
   */
  ChangeOptions(Context context, String action, String done) {
    super(context);
    this.action = action;
    this.done = done;
  }

  @Override
  public final Integer call() {
    boolean filtered = filter.on("", times()).hasParameters();
    if (jobs.isEmpty() == !filtered) {
      throw usage(
          filtered
              ? "name jobs, or say which ones with options, but not both."
              : "name jobs, or say which ones with options such as --state and --type.");
    }
    return jobs.isEmpty() ? changeFound(api()) : changeNamed(api());
  }

  /** Goes on after a job that SS refuses to change, and exits with what it was refused for. */
  private int changeNamed(Api api) {
    int exitCode = ExitCode.OK;
    for (String jobId : jobs) {
      try {
        JsonNode job = api.post(Api.path(jobId, "/" + action));
        if (json) {
          printJson(job);
        } else {
          print("%s %s\n".formatted(jobId, Plain.text(job.path("state").asText())));
        }
      } catch (Failure failure) {
        if (failure.exitCode() != ExitCode.REFUSED) {
          throw failure;
        }
        context.err().println("ss: %s: %s".formatted(Plain.text(jobId), failure.getMessage()));
        context.err().flush();
        exitCode = failure.exitCode();
      }
    }
    return exitCode;
  }

  private int changeFound(Api api) {
    if (!dryRun && !yes && !confirmed(api)) {
      return ExitCode.FAILED;
    }
    JsonNode result = api.post(query(dryRun));
    if (json) {
      printJson(result);
    } else if (dryRun) {
      print("%s would be %s.\n".formatted(jobs(result, "matched"), done));
    } else {
      print("%s %s.\n".formatted(jobs(result, "changed"), done));
    }
    if (!dryRun && result.path("more").asBoolean()) {
      context.err().println("ss: there are more; run the command again.");
      context.err().flush();
    }
    return ExitCode.OK;
  }

  private boolean confirmed(Api api) {
    if (!context.terminal().canAsk()) {
      throw usage("this may change many jobs: --dry-run counts them, --yes changes them.");
    }
    JsonNode found = api.post(query(true));
    return context
        .terminal()
        .confirms(
            "ss: %s would be %s. Go on?".formatted(jobs(found, "matched"), done), context.err());
  }

  private Query query(boolean dry) {
    return filter
        .on("/v1/jobs/" + action, times())
        .with("limit", MAX_JOBS)
        .with("dry_run", dry ? "true" : null);
  }

  private static String jobs(JsonNode result, String field) {
    long number = result.path(field).asLong();
    String more = field.equals("matched") && result.path("more").asBoolean() ? "at least " : "";
    return more + number + (number == 1 ? " job" : " jobs");
  }
}
