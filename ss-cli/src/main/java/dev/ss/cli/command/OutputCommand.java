package dev.ss.cli.command;

import dev.ss.cli.api.ExitCode;
import picocli.CommandLine.Command;

/** {@code ss output}. */
@Command(
    name = "output",
    description = "Write what a job's command wrote to its standard output, byte for byte.")
public final class OutputCommand extends StreamOptions {
  public OutputCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    new Download(api(), context).stream(path("/output"));
    return ExitCode.OK;
  }
}
