package dev.ss.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ss.metrics.bridge.BridgeBundle;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.ConfigurationFactory;
import io.dropwizard.core.Application;
import io.dropwizard.core.setup.Bootstrap;
import io.dropwizard.core.setup.Environment;
import io.dropwizard.jersey.validation.Validators;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Reads configurations as the applications do, in an environment of the test's choice. */
public final class Configurations {
  private Configurations() {}

  /** The file's configuration. */
  public static SsConfiguration read(Path file, Map<String, String> environment)
      throws IOException, ConfigurationException {
    return parse(Files.readString(file), environment);
  }

  /** This text's configuration. */
  public static SsConfiguration parse(String yaml, Map<String, String> environment)
      throws IOException, ConfigurationException {
    ConfigurationFactory<SsConfiguration> factory =
        new EnvironmentYaml(environment::get)
            .create(SsConfiguration.class, Validators.newValidator(), mapper(), "dw");
    byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
    return factory.build(path -> new ByteArrayInputStream(bytes), "config.yml");
  }

  /** With what the bridge adds to the section of the metrics. */
  private static ObjectMapper mapper() {
    Bootstrap<SsConfiguration> bootstrap = new Bootstrap<>(new Unstarted());
    new BridgeBundle<SsConfiguration>().initialize(bootstrap);
    return bootstrap.getObjectMapper();
  }

  /** Leaves the logging of the tests as it is. */
  private static final class Unstarted extends Application<SsConfiguration> {
    @Override
    protected void bootstrapLogging() {}

    @Override
    public void run(SsConfiguration configuration, Environment environment) {}
  }
}
