package dev.ss.cli;

import dev.ss.cli.api.ExitCode;
import dev.ss.cli.api.Failure;
import dev.ss.cli.command.CancelCommand;
import dev.ss.cli.command.CompletionCommand;
import dev.ss.cli.command.Context;
import dev.ss.cli.command.ListCommand;
import dev.ss.cli.command.LogCommand;
import dev.ss.cli.command.OutputCommand;
import dev.ss.cli.command.PauseCommand;
import dev.ss.cli.command.ReportCommand;
import dev.ss.cli.command.ResumeCommand;
import dev.ss.cli.command.RetryCommand;
import dev.ss.cli.command.RunCommand;
import dev.ss.cli.command.SchedulesCommand;
import dev.ss.cli.command.ShowCommand;
import dev.ss.cli.command.SubmitCommand;
import dev.ss.cli.command.TokenCommand;
import dev.ss.cli.command.TypesCommand;
import dev.ss.cli.command.WaitCommand;
import dev.ss.cli.command.WorkersCommand;
import dev.ss.cli.text.Plain;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.ColorScheme;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.OptionSpec;

/** All commands. */
final class Commands {
  private static final Map<String, Function<Context, Object>> ALL = new LinkedHashMap<>();

  static {
    ALL.put("run", RunCommand::new);
    ALL.put("submit", SubmitCommand::new);
    ALL.put("wait", WaitCommand::new);
    ALL.put("log", LogCommand::new);
    ALL.put("output", OutputCommand::new);
    ALL.put("ls", ListCommand::new);
    ALL.put("show", ShowCommand::new);
    ALL.put("cancel", CancelCommand::new);
    ALL.put("retry", RetryCommand::new);
    ALL.put("types", TypesCommand::new);
    ALL.put("pause", PauseCommand::new);
    ALL.put("resume", ResumeCommand::new);
    ALL.put("workers", WorkersCommand::new);
    ALL.put("schedules", SchedulesCommand::new);
    ALL.put("report", ReportCommand::new);
    ALL.put("token", TokenCommand::new);
    ALL.put("completion", CompletionCommand::new);
  }

  private final Context context;

  Commands(Context context) {
    this.context = context;
  }

  /** What is before the command. */
  @Command(
      name = "ss",
      description = "Submit jobs to SS, follow them, find them and steer them.",
      versionProvider = Version.class,
      footer = {
        "",
        "SS_URL is the SS to talk to (default: http://localhost:8000), SS_TOKEN the token to send.",
        "docs/cli.md has examples and all exit codes."
      })
  private static final class Root {}

  /** The version of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = Version.class.getPackage().getImplementationVersion();
      return new String[] {"ss " + (version == null ? "(not from a jar)" : version)};
    }
  }

  /** Runs the command that these arguments name; returns what to exit with. */
  int run(String... arguments) {
    return commandLine(arguments).execute(arguments);
  }

  private CommandLine commandLine(String... arguments) {
    CommandLine root = new CommandLine(new Root());
    String first = arguments.length == 0 ? "" : arguments[0];
    if (ALL.containsKey(first) && !first.equals("completion")) {
      // Reading the annotations of all commands takes as long as everything else.
      add(root, first, ALL.get(first));
    } else {
      ALL.forEach((name, command) -> add(root, name, command));
    }
    return settled(root);
  }

  private void add(CommandLine root, String name, Function<Context, Object> command) {
    root.addSubcommand(name, command.apply(context));
  }

  private CommandLine settled(CommandLine root) {
    Ansi ansi = context.terminal().out() && context.terminal().colours() ? Ansi.ON : Ansi.OFF;
    ColorScheme colours = CommandLine.Help.defaultColorScheme(ansi);
    root.getCommandSpec().mixinStandardHelpOptions(true);
    root.getSubcommands().values().forEach(each -> each.getCommandSpec().addOption(help()));
    return root.setOut(new PrintWriter(context.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(context.err(), true, StandardCharsets.UTF_8))
        .setColorScheme(colours)
        .setUsageHelpWidth(Math.min(100, Math.max(60, context.terminal().columns())))
        .setUsageHelpAutoWidth(false)
        .setExecutionStrategy(this::execute)
        .setParameterExceptionHandler((failure, given) -> wrong(failure))
        .setExecutionExceptionHandler((failure, command, result) -> failed(failure));
  }

  private static OptionSpec help() {
    return OptionSpec.builder("-h", "--help")
        .usageHelp(true)
        .description("show this help and exit")
        .build();
  }

  private int execute(CommandLine.ParseResult parsed) {
    if (!parsed.hasSubcommand()
        && !parsed.isUsageHelpRequested()
        && !parsed.isVersionHelpRequested()) {
      CommandLine root = parsed.commandSpec().commandLine();
      root.usage(root.getErr());
      return ExitCode.USAGE;
    }
    return new CommandLine.RunLast().execute(parsed);
  }

  private int wrong(CommandLine.ParameterException failure) {
    String help = failure.getCommandLine().getCommandSpec().qualifiedName() + " --help";
    return said(
        "%s See %s.".formatted(sentence(String.valueOf(failure.getMessage())), help),
        ExitCode.USAGE);
  }

  private static String sentence(String text) {
    return text.endsWith(".") ? text : text + ".";
  }

  private int failed(Exception failure) {
    if (failure instanceof Failure known) {
      return said(String.valueOf(known.getMessage()), known.exitCode());
    }
    failure.printStackTrace(context.err());
    return said("this is a defect of ss: " + failure, ExitCode.FAILED);
  }

  private int said(String message, int exitCode) {
    context.out().flush();
    context.err().println("ss: " + Plain.text(message.replace('\n', ' ')));
    context.err().flush();
    return exitCode;
  }
}
