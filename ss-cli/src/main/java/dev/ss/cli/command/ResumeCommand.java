package dev.ss.cli.command;

import picocli.CommandLine.Command;

/** {@code ss resume}. */
@Command(name = "resume", description = "Let workers start jobs of a type again.")
public final class ResumeCommand extends TypeOptions {
  public ResumeCommand(Context context) {
    super(context, "resume", "resumed");
  }
}
