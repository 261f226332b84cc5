package dev.ss.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.DataSizeUnit;
import io.dropwizard.util.Duration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The keys of config.yml that SS's own sections read, as docs/configuration.md lists them. */
final class ConfigurationDoc {
  /** The whole value of a key in the shipped file, where it comes from the environment. */
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{(\\w+):-(.*)}");

  /** The keys of a connector that the table lists; Dropwizard's manual lists them all. */
  private static final List<String> CONNECTOR_KEYS = List.of("getPort", "getBindHost");

  private static final Map<TimeUnit, String> TIMES =
      Map.of(
          TimeUnit.MILLISECONDS, "ms",
          TimeUnit.SECONDS, "s",
          TimeUnit.MINUTES, "m",
          TimeUnit.HOURS, "h",
          TimeUnit.DAYS, "d");

  private static final Map<DataSizeUnit, String> SIZES =
      Map.of(DataSizeUnit.BYTES, "B", DataSizeUnit.KIBIBYTES, "KiB", DataSizeUnit.MEBIBYTES, "MiB");

  private static final String HEAD =
      """
      | key | variable | default | meaning |
      |---|---|---|---|
      """;

  private ConfigurationDoc() {}

  /**
   * A key with what the page says about it.
   *
   * @param variable the environment variable that the shipped file uses
   * @param shipped the default of that variable in the shipped file
   */
  record Key(
      String name,
      Optional<String> variable,
      Optional<String> shipped,
      String defaultText,
      String meaning) {

    private String row() {
      return "| `%s` | %s | %s | %s |\n"
          .formatted(name, variable.map(each -> "`" + each + "`").orElse(""), defaultText, meaning);
    }
  }

  /** All keys, in the order of the sections and of their components. */
  static List<Key> keys(Path shipped) {
    JsonNode file = read(shipped);
    SsConfiguration defaults = new SsConfiguration(null, null, null, null, null, null, null, null);
    JobTypeSection jobType = new JobTypeSection(null, null, null, null, null, null, null, null);
    ScheduleSection schedule = new ScheduleSection(null, null, null, null, null, null);
    return Stream.of(
            keys("api", defaults.api(), file.path("api")),
            keys("worker", defaults.worker(), file.path("worker")),
            keys("access", defaults.access(), file.path("access")),
            keys("database", defaults.database(), file.path("database")),
            keys("retry", defaults.retry(), file.path("retry")),
            keys("retention", defaults.retention(), file.path("retention")),
            keys("jobTypes.<name>", jobType, file.path("no job type reads the environment")),
            keys("schedules.<name>", schedule, file.path("no schedule reads the environment")))
        .flatMap(keys -> keys)
        .toList();
  }

  /** The table for all keys. */
  static String table(Path shipped) {
    return keys(shipped).stream().map(Key::row).reduce(HEAD, String::concat);
  }

  private static JsonNode read(Path file) {
    try {
      return new YAMLMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Stream<Key> keys(String section, Record defaults, JsonNode shipped) {
    return Stream.of(defaults.getClass().getRecordComponents())
        .flatMap(component -> keys(section, component, defaults, shipped));
  }

  private static Stream<Key> keys(
      String section, RecordComponent component, Record defaults, JsonNode shipped) {
    String name = section + "." + nameOf(component);
    JsonNode found = shipped.path(component.getName());
    Object value = value(component.getAccessor(), defaults);
    if (component.getName().equals("parameters")) {
      return Stream.concat(
          Stream.of(key(name, component, value, found)),
          keys(name + ".<name>", new ParameterSection(null, null), found));
    }
    if (value instanceof LimitsSection || value instanceof ObjectivesSection) {
      return keys(name, (Record) value, found);
    }
    Key key = key(name, component, value, found);
    return value instanceof ConnectorSection connector
        ? Stream.concat(
            Stream.of(key), CONNECTOR_KEYS.stream().map(each -> key(name, each, connector, found)))
        : Stream.of(key);
  }

  /** The name in config.yml, where Java reserves the word. */
  private static String nameOf(RecordComponent component) {
    JsonProperty renamed = component.getAccessor().getAnnotation(JsonProperty.class);
    return renamed == null ? component.getName() : renamed.value();
  }

  private static Key key(
      String section, String getter, ConnectorSection defaults, JsonNode shipped) {
    try {
      Method method = ConnectorSection.class.getMethod(getter);
      String name = getter.substring(3, 4).toLowerCase(Locale.ROOT) + getter.substring(4);
      return key(section + "." + name, method, value(method, defaults), shipped.path(name));
    } catch (NoSuchMethodException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private static Key key(String name, AnnotatedElement described, Object value, JsonNode shipped) {
    Meaning meaning = described.getAnnotation(Meaning.class);
    if (meaning == null) {
      throw new AssertionError(name + " has no @Meaning");
    }
    Matcher variable = VARIABLE.matcher(shipped.asText());
    boolean found = variable.matches();
    return new Key(
        name,
        found ? Optional.of(variable.group(1)) : Optional.empty(),
        found ? Optional.of(variable.group(2)) : Optional.empty(),
        meaning.defaultText().isEmpty() ? text(value) : meaning.defaultText(),
        meaning.value());
  }

  private static Object value(Method accessor, Object defaults) {
    try {
      return accessor.invoke(defaults);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  /** A value as one writes it in config.yml. */
  private static String text(Object value) {
    if (value instanceof Duration duration) {
      return duration.getQuantity() + TIMES.get(duration.getUnit());
    }
    if (value instanceof DataSize size) {
      return size.getQuantity() + SIZES.get(size.getUnit());
    }
    if (value instanceof Double number) {
      return number.toString().replaceAll("\\.0$", "");
    }
    if (value instanceof Collection<?> names) {
      return names.stream().map(String::valueOf).reduce((a, b) -> a + "," + b).orElse("");
    }
    return String.valueOf(value);
  }
}
