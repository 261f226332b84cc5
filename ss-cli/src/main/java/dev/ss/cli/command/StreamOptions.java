package dev.ss.cli.command;

import dev.ss.cli.api.Api;
import dev.ss.cli.api.Query;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** A command that shows what a job's command wrote. */
abstract class StreamOptions extends ApiCommand {
  @Parameters(paramLabel = "JOB", description = "the job's id")
  String jobId = "";

  @Option(
      names = "--attempt",
      paramLabel = "NUMBER",
      description = "of this attempt; default: the last one that has finished")
  private @Nullable Integer attempt;

  @Option(
      names = "--run",
      paramLabel = "NUMBER",
      description = "of this start of the command; ss show lists them")
  private @Nullable Integer run;

  StreamOptions(Context context) {
    super(context);
  }

  final Query path(String stream) {
    return new Query(Api.path(jobId, stream)).with("attempt", attempt).with("run", run);
  }
}
