package dev.ss.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ss.bridge.BridgeMetricsFactory;
import io.dropwizard.configuration.ConfigurationException;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentYamlTest {
  private static final String JOB_TYPES = "jobTypes: {word-count: {command: [wc, -w]}}\n";

  private static SsConfiguration parse(String yaml, Map<String, String> environment)
      throws Exception {
    return Configurations.parse(JOB_TYPES + yaml, environment);
  }

  private static String passwordWhen(String value) throws Exception {
    return parse("database: {password: \"${PASSWORD:-}\"}", Map.of("PASSWORD", value))
        .database()
        .password();
  }

  @Test
  void aVariableTakesItsPlace() throws Exception {
    SsConfiguration configuration =
        parse("database: {user: \"${USER_NAME}\"}", Map.of("USER_NAME", "app"));

    assertThat(configuration.database().user()).isEqualTo("app");
  }

  @Test
  void aVariableMayBePartOfAText() throws Exception {
    SsConfiguration configuration =
        parse("database: {url: 'jdbc:sqlite:${DIR:-data}/${NAME:-ss}.db'}", Map.of("NAME", "x"));

    assertThat(configuration.database().url()).isEqualTo("jdbc:sqlite:data/x.db");
  }

  @Test
  void aVariableMayGiveANumber() throws Exception {
    assertThat(
            parse("api: {connector: {type: http, port: \"${PORT:-1}\"}}", Map.of("PORT", "9000"))
                .api()
                .connector()
                .getPort())
        .isEqualTo(9000);
  }

  @Test
  void variablesAreReplacedInListsToo() throws Exception {
    SsConfiguration configuration =
        Configurations.parse(
            "jobTypes: {count: {command: [wc, '${OPTION:--w}']}}", Map.of("OPTION", "-l"));

    assertThat(configuration.jobTypes().get(0).command()).containsExactly("wc", "-l");
  }

  @Test
  void aVariableThatIsNotSetGivesTheDefault() throws Exception {
    assertThat(
            parse("api: {connector: {type: http, port: \"${PORT:-9000}\"}}", Map.of())
                .api()
                .connector()
                .getPort())
        .isEqualTo(9000);
  }

  /** As in a shell, and because files of variables often list those that are not used as empty. */
  @Test
  void anEmptyVariableGivesTheDefault() throws Exception {
    assertThat(
            parse("api: {connector: {type: http, port: \"${PORT:-9000}\"}}", Map.of("PORT", ""))
                .api()
                .connector()
                .getPort())
        .isEqualTo(9000);
  }

  @Test
  void aVariableWithoutADefaultHasToBeSet() {
    assertThatThrownBy(() -> parse("database: {user: \"${USER_NAME}\"}", Map.of()))
        .hasMessageContaining("USER_NAME");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "with 'single' and \"double\" quotes",
        "#not a comment",
        "key: value",
        "{flow: [map]}",
        "${PASSWORD}",
        "${OTHER:-x}",
        "${",
        "two\nlines",
        "- item",
        "  spaces around  ",
        "&anchor *alias !tag %directive",
        "back\\slash",
        "tab\there",
        "ünïcödé 🔑",
        "true",
        "0123"
      })
  void aPasswordIsTakenAsItIs(String password) throws Exception {
    assertThat(passwordWhen(password)).isEqualTo(password);
  }

  @Test
  void aPasswordDoesNotShowInAnErrorElsewhere() {
    Map<String, String> environment = Map.of("PASSWORD", "x: [correct-horse");

    assertThatThrownBy(
            () -> parse("database: {password: \"${PASSWORD}\"}\napi: {prot: 1}", environment))
        .hasMessageNotContaining("correct-horse");
  }

  @Test
  void anErrorInTheSyntaxTellsWhereAndQuotesNothing() {
    assertThatThrownBy(
            () -> parse("database:\n  password: correct-horse\n  user: [a\napi: }\n", Map.of()))
        .isInstanceOf(ConfigurationException.class)
        .hasMessageContaining("Malformed YAML at line 5")
        .hasMessageNotContaining("correct-horse");
  }

  @Test
  void theStarsOfAMappingAreNoVariables() throws Exception {
    String mapping =
        "metrics: {mappings: [{match: pool.*.size, name: pool_size, labels: {pool: '${0}'}}]}";

    assertThat(parse(mapping, Map.of("0", "never")).getMetricsFactory())
        .isInstanceOf(BridgeMetricsFactory.class);
  }
}
