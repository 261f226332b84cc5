package dev.ss.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.cli.api.Api;
import dev.ss.cli.api.ExitCode;
import dev.ss.cli.text.Times;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** {@code ss wait}. */
@Command(
    name = "wait",
    description = "Wait until jobs are final, and exit as the first did that did not succeed.")
public final class WaitCommand extends ApiCommand {
  @Parameters(arity = "1..*", paramLabel = "JOB", description = "the jobs' ids")
  private List<String> jobs = List.of();

  @Option(
      names = "--timeout",
      paramLabel = "DURATION",
      description = "how long to wait, as in 90s or 2h; default: without an end")
  private @Nullable String timeout;

  @Option(names = "--json", description = "print the jobs as JSON, one a line")
  private boolean json;

  public WaitCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    Api api = api();
    BooleanSupplier isOver = isOver();
    int exitCode = ExitCode.OK;
    for (String jobId : jobs) {
      JsonNode job = api.await(jobId, isOver);
      if (json) {
        printJson(job);
      }
      int code = Api.isFinal(job) ? said(job) : ExitCode.NOT_YET;
      exitCode = exitCode == ExitCode.OK ? code : exitCode;
    }
    return exitCode;
  }

  private int said(JsonNode job) {
    Ending.say(job, times(), context);
    return ExitCode.of(job);
  }

  private BooleanSupplier isOver() {
    if (timeout == null) {
      return () -> false;
    }
    long end = System.nanoTime() + limit(timeout).toNanos();
    return () -> System.nanoTime() - end >= 0;
  }

  private static Duration limit(String text) {
    try {
      return Times.duration(text);
    } catch (IllegalArgumentException e) {
      throw usage(String.valueOf(e.getMessage()));
    }
  }
}
