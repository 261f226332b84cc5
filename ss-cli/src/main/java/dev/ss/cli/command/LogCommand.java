package dev.ss.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.cli.api.Api;
import dev.ss.cli.api.ExitCode;
import dev.ss.cli.api.Patience;
import dev.ss.cli.follow.FollowListener;
import dev.ss.cli.follow.Follower;
import dev.ss.cli.text.Plain;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ss log}. */
@Command(name = "log", description = "Show what a job's command wrote to its standard error.")
public final class LogCommand extends StreamOptions {
  private static final Duration OUTAGE_LIMIT = Duration.ofMinutes(5);

  @Option(
      names = {"-f", "--follow"},
      description = "from the beginning to the end of the job, while it runs")
  private boolean follow;

  public LogCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    if (!follow) {
      new Download(api(), context).stream(path("/log"));
      return ExitCode.OK;
    }
    if (path("").hasParameters()) {
      throw usage("--follow shows what is written now; leave out --attempt and --run.");
    }
    Follower follower = new Follower(api(), Patience.of(OUTAGE_LIMIT), new Printing());
    JsonNode end = follower.follow(Api.path(jobId, "/log"));
    say("the job is %s.".formatted(Plain.text(end.path("state").asText())));
    return ExitCode.OK;
  }

  private void say(String message) {
    context.err().println("ss: " + message);
    context.err().flush();
  }

  /** Writes the log to standard output, and to standard error what is not a part of it. */
  private final class Printing implements FollowListener {
    private int runs;

    @Override
    public void began(int run, int attempt, String workerId) {
      if (++runs > 1) {
        say("attempt %d".formatted(attempt));
      }
    }

    @Override
    public void bytes(byte[] bytes) {
      write(bytes);
    }

    @Override
    public void gap(long bytes) {
      write(
          "--- SS: %d bytes were not kept ---%n".formatted(bytes).getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public void progress(Optional<Double> progress, Optional<String> message) {
      // The log alone was asked for.
    }

    @Override
    public void away(String why) {
      say(why + " Trying again …");
    }

    @Override
    public void back() {
      say("connected again.");
    }
  }
}
