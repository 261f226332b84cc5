package dev.ss.cli.command;

import picocli.CommandLine.Command;

/** {@code ss pause}. */
@Command(
    name = "pause",
    description = "Keep all workers from starting jobs of a type; those that run go on.")
public final class PauseCommand extends TypeOptions {
  public PauseCommand(Context context) {
    super(context, "pause", "paused");
  }
}
