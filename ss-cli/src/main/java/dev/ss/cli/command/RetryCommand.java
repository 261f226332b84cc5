package dev.ss.cli.command;

import picocli.CommandLine.Command;

/** {@code ss retry}. */
@Command(
    name = "retry",
    description = "Queue failed or cancelled jobs again, with all their attempts.")
public final class RetryCommand extends ChangeOptions {
  public RetryCommand(Context context) {
    super(context, "retry", "queued again");
  }
}
