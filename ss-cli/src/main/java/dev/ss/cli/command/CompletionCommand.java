package dev.ss.cli.command;

import dev.ss.cli.api.ExitCode;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ss completion}. */
@Command(
    name = "completion",
    description = {
      "Print a script that completes commands and options in bash and zsh:",
      "source <(ss completion)"
    })
public final class CompletionCommand implements Callable<Integer> {
  private final Context context;

  @SuppressWarnings("NullAway.Init") // picocli sets it
  @Spec
  private CommandSpec spec;

  public CompletionCommand(Context context) {
    this.context = context;
  }

  @Override
  public Integer call() {
    context.out().print(AutoComplete.bash("ss", spec.root().commandLine()));
    context.out().flush();
    return ExitCode.OK;
  }
}
