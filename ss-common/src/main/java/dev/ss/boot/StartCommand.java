package dev.ss.boot;

import dev.ss.config.SsConfiguration;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.core.Application;
import io.dropwizard.core.cli.Cli;
import io.dropwizard.core.cli.ServerCommand;
import io.dropwizard.core.setup.Environment;
import java.io.FileNotFoundException;
import java.nio.file.NoSuchFileException;
import net.sourceforge.argparse4j.inf.Namespace;
import org.slf4j.LoggerFactory;

/**
 * Dropwizard's {@code server} command. If the start fails, it prints a message that an operator can
 * act on.
 */
final class StartCommand extends ServerCommand<SsConfiguration> {
  private final String name;

  StartCommand(Application<SsConfiguration> application) {
    super(application);
    this.name = application.getName();
  }

  @Override
  protected void run(Environment environment, Namespace namespace, SsConfiguration configuration)
      throws Exception {
    FatalErrors.endTheProcess();
    super.run(environment, namespace, configuration);
    LoggerFactory.getLogger(StartCommand.class).info("{} is up.", name);
  }

  @Override
  public void onError(Cli cli, Namespace namespace, Throwable failure) {
    if (failure instanceof StartupException || failure instanceof ConfigurationException) {
      cli.getStdErr()
          .println(name + " cannot start: " + String.valueOf(failure.getMessage()).strip());
    } else if (failure instanceof FileNotFoundException || failure instanceof NoSuchFileException) {
      cli.getStdErr()
          .println(name + " cannot start: there is no file " + namespace.getString("file"));
    } else {
      super.onError(cli, namespace, failure);
    }
  }
}
