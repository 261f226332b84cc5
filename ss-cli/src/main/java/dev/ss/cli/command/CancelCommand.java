package dev.ss.cli.command;

import picocli.CommandLine.Command;

/** {@code ss cancel}. */
@Command(
    name = "cancel",
    description = "Cancel jobs: queued ones at once, running ones by killing their commands.")
public final class CancelCommand extends ChangeOptions {
  public CancelCommand(Context context) {
    super(context, "cancel", "cancelled");
  }
}
