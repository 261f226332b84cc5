package dev.ss.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.cli.api.Api;
import dev.ss.cli.api.ExitCode;
import dev.ss.cli.api.Failure;
import dev.ss.cli.api.Patience;
import dev.ss.cli.follow.Follower;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ss run}. */
@Command(
    name = "run",
    description = {
      "Submit a job, follow its log on standard error, write its output to standard output, and exit"
          + " as its command did.",
      "Ctrl-C asks whether to cancel the job; without a terminal it leaves the job running."
    })
public final class RunCommand extends SubmitOptions {
  private static final Duration OUTAGE_LIMIT = Duration.ofMinutes(5);

  @Option(
      names = {"-q", "--quiet"},
      description = "show no log and no progress")
  private boolean quiet;

  private final AtomicInteger interrupts = new AtomicInteger();

  public RunCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    Api api = api();
    String jobId = submit(api).path("job_id").asText();
    try {
      JsonNode job = follow(api, jobId);
      new Download(api, context).output(jobId);
      Ending.say(job, times(), context);
      return ExitCode.of(job);
    } catch (Failure failure) {
      throw new Failure(
          failure.exitCode(), "%s The job is %s.".formatted(failure.getMessage(), jobId));
    }
  }

  private JsonNode follow(Api api, String jobId) {
    try (Screen screen = screen()) {
      Interrupts.handle(() -> interrupted(api, jobId, screen));
      new Follower(api, Patience.of(OUTAGE_LIMIT), screen).followFromStart(Api.path(jobId, "/log"));
      return api.await(jobId, () -> false);
    }
  }

  private Screen screen() {
    Screen screen = new Screen(context.err(), context.terminal(), System::nanoTime, !quiet);
    return quiet ? screen : screen.started();
  }

  /** Asks once; whoever presses it again does not want to be asked. */
  private void interrupted(Api api, String jobId, Screen screen) {
    boolean first = interrupts.incrementAndGet() == 1;
    if (first
        && context.terminal().canAsk()
        && screen.confirms("Cancel the job %s?".formatted(jobId))) {
      cancel(api, jobId, screen);
      return;
    }
    screen.close();
    context
        .err()
        .println(
            "ss: the job %s goes on. ss log --follow %s shows it, ss cancel %s ends it."
                .formatted(jobId, jobId, jobId));
    context.err().flush();
    context.exit().accept(ExitCode.INTERRUPTED);
  }

  private static void cancel(Api api, String jobId, Screen screen) {
    try {
      api.post(Api.path(jobId, "/cancel"));
      screen.note("asked SS to cancel the job.");
    } catch (Failure failure) {
      screen.note("the job is not cancelled: " + failure.getMessage());
    }
  }
}
