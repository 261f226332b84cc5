package dev.ss.boot;

import dev.ss.access.NewToken;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.Command;
import io.dropwizard.core.setup.Bootstrap;
import java.security.SecureRandom;
import java.util.List;
import java.util.stream.Stream;
import net.sourceforge.argparse4j.inf.Namespace;
import net.sourceforge.argparse4j.inf.Subparser;

/**
 * The command {@code token}: makes a token and the line for the file of tokens. It writes them to
 * the standard output, one line each, and says on standard error what they are for.
 */
final class TokenCommand extends Command {
  private static final String NAME = "name";
  private static final String ALLOW = "allow";
  private static final String JOB_TYPES = "jobTypes";

  TokenCommand() {
    super("token", "Makes a token and the line for the file of access.tokensFile");
  }

  @Override
  public void configure(Subparser parser) {
    parser.addArgument(NAME).help("who will hold the token; jobs and the audit log keep the name");
    parser
        .addArgument("--allow")
        .dest(ALLOW)
        .required(true)
        .metavar("PERMISSIONS")
        .help("what the token allows, separated by commas: scrape, read, submit, operate");
    parser
        .addArgument("--job-types")
        .dest(JOB_TYPES)
        .setDefault("")
        .metavar("TYPES")
        .help("the only job types that the token is for, separated by commas");
  }

  @Override
  public void run(Bootstrap<?> bootstrap, Namespace arguments) {
    NewToken made =
        NewToken.make(
            new SecureRandom(),
            arguments.getString(NAME),
            names(arguments.getString(ALLOW)),
            names(arguments.getString(JOB_TYPES)));
    System.err.println("The token, which SS does not keep, and its line for the file of tokens:");
    System.out.println(made.token());
    System.out.println("  " + made.entry());
  }

  private static List<String> names(String text) {
    return Stream.of(text.split(",")).map(String::strip).filter(name -> !name.isEmpty()).toList();
  }

  @Override
  public void onError(Cli cli, Namespace arguments, Throwable failure) {
    if (failure instanceof IllegalArgumentException) {
      cli.getStdErr().println("token: " + failure.getMessage());
    } else {
      super.onError(cli, arguments, failure);
    }
  }
}
