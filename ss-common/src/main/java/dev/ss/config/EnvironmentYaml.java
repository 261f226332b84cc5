package dev.ss.config;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.dropwizard.configuration.ConfigurationException;
import io.dropwizard.configuration.ConfigurationFactory;
import io.dropwizard.configuration.ConfigurationFactoryFactory;
import io.dropwizard.configuration.ConfigurationSourceProvider;
import io.dropwizard.configuration.YamlConfigurationFactory;
import jakarta.validation.Validator;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.commons.text.StringSubstitutor;
import org.jspecify.annotations.Nullable;

/**
 * Reads YAML and replaces {@code ${NAME:-default}} in its strings with environment variables. The
 * default applies if the variable is unset or empty.
 *
 * <p>The parsed document is changed, not the text of the file. So no character of a password can
 * make the document invalid, and no syntax error can quote a password.
 */
public final class EnvironmentYaml implements ConfigurationFactoryFactory<SsConfiguration> {
  /** Keys of earlier versions, with the keys that replace them. */
  private static final Map<String, String> MOVED =
      Map.of(
          "/api/port", "/api/connector/port",
          "/api/bindHost", "/api/connector/bindHost",
          "/worker/metricsPort", "/worker/connector/port",
          "/worker/bindHost", "/worker/connector/bindHost");

  private final StringSubstitutor substitutor;

  /**
   * @param environment returns the value of a variable, or null
   */
  public EnvironmentYaml(UnaryOperator<String> environment) {
    substitutor = new StringSubstitutor(name -> value(name, environment));
    substitutor.setDisableSubstitutionInValues(true);
    substitutor.setEnableUndefinedVariableException(true);
  }

  /**
   * Returns the value of a variable. Keeps a number as it is: in a metrics mapping it stands for
   * what a {@code *} matched.
   */
  private static @Nullable String value(String name, UnaryOperator<String> environment) {
    if (name.chars().allMatch(Character::isDigit)) {
      return "${" + name + "}";
    }
    String value = environment.apply(name);
    return value == null || value.isEmpty() ? null : value;
  }

  @Override
  public ConfigurationFactory<SsConfiguration> create(
      Class<SsConfiguration> type, Validator validator, ObjectMapper mapper, String prefix) {
    ObjectMapper strict =
        mapper
            .copy()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_IGNORED_PROPERTIES);
    return new YamlConfigurationFactory<>(type, validator, strict, prefix) {
      @Override
      public SsConfiguration build(ConfigurationSourceProvider provider, String path)
          throws IOException, ConfigurationException {
        try {
          return super.build(provider, path);
        } catch (ConfigurationException e) {
          throw e.getCause() instanceof JsonParseException malformed
              ? new Unreadable(path, whereOnly(malformed.getLocation()))
              : e;
        }
      }

      @Override
      protected SsConfiguration build(JsonNode document, String path)
          throws IOException, ConfigurationException {
        requireNoneMoved(document, path);
        return super.build(substituted(document, path), path);
      }
    };
  }

  private static void requireNoneMoved(JsonNode document, String path)
      throws ConfigurationException {
    for (Map.Entry<String, String> moved : MOVED.entrySet()) {
      if (!document.at(moved.getKey()).isMissingNode()) {
        throw new Unreadable(
            path, "%s is now %s".formatted(dotted(moved.getKey()), dotted(moved.getValue())));
      }
    }
  }

  private static String dotted(String pointer) {
    return pointer.substring(1).replace('/', '.');
  }

  private JsonNode substituted(JsonNode document, String path) throws ConfigurationException {
    try {
      return substitute(document);
    } catch (IllegalArgumentException e) {
      throw new Unreadable(path, e.getMessage() + "; set it, or write ${NAME:-default}");
    }
  }

  private JsonNode substitute(JsonNode node) {
    if (node instanceof ObjectNode object) {
      object.properties().forEach(entry -> entry.setValue(substitute(entry.getValue())));
    } else if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, substitute(array.get(i)));
      }
    } else if (node instanceof TextNode text) {
      return TextNode.valueOf(substitutor.replace(text.textValue()));
    }
    return node;
  }

  /** Omits the parser's message, which quotes lines of the file, perhaps with a password. */
  private static String whereOnly(JsonLocation location) {
    return "Malformed YAML at line %d, column %d"
        .formatted(location.getLineNr(), location.getColumnNr());
  }

  /** The file is not valid YAML, has a key of an earlier version, or a variable without a value. */
  private static final class Unreadable extends ConfigurationException {
    private static final long serialVersionUID = 1L;

    Unreadable(String path, String error) {
      super(path, List.of(error));
    }
  }
}
