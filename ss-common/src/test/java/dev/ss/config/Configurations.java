package dev.ss.config;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ss.bridge.BridgeMetricsFactory;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.ConfigurationFactory;
import io.dropwizard.jackson.Jackson;
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
    ObjectMapper mapper = Jackson.newObjectMapper();
    BridgeMetricsFactory.readWith(mapper);
    ConfigurationFactory<SsConfiguration> factory =
        new EnvironmentYaml(environment::get)
            .create(SsConfiguration.class, Validators.newValidator(), mapper, "dw");
    byte[] bytes = yaml.getBytes(StandardCharsets.UTF_8);
    return factory.build(path -> new ByteArrayInputStream(bytes), "config.yml");
  }
}
