package dev.ss.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.process.Ports;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An API that cannot start says why in one line that names the key. {@link ProcessTest} shows it
 * with a real process.
 */
class StartupTest {
  private static final String JOB_TYPES = "jobTypes: {report: {command: [sort]}}\n";

  @TempDir private Path directory;
  private int port;

  @BeforeEach
  void choosePort() {
    port = new Ports().free();
  }

  @Test
  void aKeyThatIsNotKnownIsNamed() throws Exception {
    assertRefuses(good().replace("bindHost", "bindhost"), "bindhost");
  }

  @Test
  void aSectionThatIsNotKnownIsNamed() throws Exception {
    assertRefuses(good() + "databse: {url: x}\n", "databse");
  }

  @Test
  void dropwizardsOwnServerSectionIsRefusedAndNotIgnored() throws Exception {
    assertRefuses(good() + "server: {type: simple}\n", "server");
  }

  @Test
  void aFieldOfAJobTypeThatIsNotKnownIsNamedWithItsJobType() throws Exception {
    assertRefuses(
        good().replace("command: [sort]", "command: [sort], retries: 3"),
        "jobTypes",
        "report",
        "retries");
  }

  @Test
  void aJobTypeWithoutACommandIsNamed() throws Exception {
    assertRefuses(
        good().replace("command: [sort]", "timeout: 1m"), "jobTypes", "report", "command");
  }

  @Test
  void aPortThatIsAWordIsNamed() throws Exception {
    assertRefuses(
        good().replace("port: " + port, "port: \"${SS_API_PORT:-eighty}\""), "api.connector.port");
  }

  @Test
  void aPortThatIsOutOfRangeIsNamed() throws Exception {
    assertRefuses(good().replace("port: " + port, "port: 65536"), "api.connector.port");
  }

  @Test
  void aPortThatIsTakenIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      assertRefuses(
          good().replace("port: " + port, "port: " + taken.getLocalPort()),
          "api.connector.port",
          "SS_API_PORT",
          Integer.toString(taken.getLocalPort()));
    }
  }

  @Test
  void withoutTokensOnlyThisMachineIsServed() throws Exception {
    assertRefuses(
        good().replace("127.0.0.1", "0.0.0.0"),
        "access.tokensFile",
        "SS_TOKENS_FILE",
        "0.0.0.0",
        "access.open");
  }

  @Test
  void tokensThatCannotBeReadAreNamed() throws Exception {
    assertRefuses(
        good() + "access: {tokensFile: not-there.yml}\n", "access.tokensFile", "not-there.yml");
  }

  @Test
  void tokensThatAreInvalidAreNamedWithTheirPlace() throws Exception {
    Path tokens =
        Files.writeString(
            directory.resolve("tokens.yml"),
            "tokens:\n  - {name: a, sha256: canary, allow: [read]}\n");
    assertRefuses(
        good() + "access: {tokensFile: %s}\n".formatted(tokens),
        "access.tokensFile",
        "tokens[0].sha256");
  }

  @Test
  void tokensAndOpenAccessExcludeEachOther() throws Exception {
    assertRefuses(good() + "access: {tokensFile: x, open: true}\n", "access", "open: true");
  }

  @Test
  void aCertificateThatIsNotThereIsNamedWithoutItsPassword() throws Exception {
    assertRefuses(
        good()
            .replace(
                "type: http",
                "type: https, keyStorePath: not-there.p12, keyStorePassword: canary-password"),
        "api.connector.keyStorePath",
        "cannot load the certificates");
  }

  @Test
  void aDatabaseThatIsNotThereIsNamedWithoutItsSecrets() throws Exception {
    assertRefuses(
        "api: {connector: {type: http, port: %d}}\n".formatted(port)
            + "database: {url: \"jdbc:postgresql://127.0.0.1:1/canary-name?password=canary-url\","
            + " user: canary-user, password: canary-password}\n"
            + JOB_TYPES,
        "database.url",
        "SS_DATABASE_URL",
        "nothing answers");
  }

  @Test
  void aDatabaseOfAnotherKindIsRefused() throws Exception {
    assertRefuses(
        good().replaceAll("url: .*", "url: \"jdbc:h2:mem:x\"}"),
        "database.url",
        "jdbc:sqlite:",
        "jdbc:postgresql:");
  }

  @Test
  void aDatabaseInADirectoryThatCannotBeMadeIsRefused() throws Exception {
    Files.createFile(directory.resolve("file"));
    assertRefuses(
        good()
            .replaceAll(
                "url: .*", "url: \"jdbc:sqlite:%s\"}".formatted(directory.resolve("file/ss.db"))),
        "database.url",
        "SS_DATABASE_URL");
  }

  @Test
  void aFileThatIsNoYamlIsRefused() throws Exception {
    assertRefuses("api: {port: [\n", "config.yml");
  }

  @Test
  void aMissingFileIsNamed() throws Exception {
    assertThat(errorOf(directory.resolve("not-there.yml")))
        .contains("cannot start", "not-there.yml")
        .doesNotContain("Exception");
  }

  private String good() {
    return "api: {connector: {type: http, port: %d, bindHost: 127.0.0.1}}\n".formatted(port)
        + "database: {url: \"jdbc:sqlite:%s\"}\n".formatted(directory.resolve("canary-name.db"))
        + JOB_TYPES;
  }

  private void assertRefuses(String config, String... mentioned) throws Exception {
    String error = errorOf(Files.writeString(directory.resolve("config.yml"), config));

    assertThat(error).contains(mentioned).doesNotContain("Exception").doesNotContain("canary");
  }

  /** What is printed instead of ending this JVM. */
  private static String errorOf(Path config) throws Exception {
    AtomicBoolean ended = new AtomicBoolean();
    ApiApplication application =
        new ApiApplication() {
          @Override
          protected void onFatalError(Throwable failure) {
            ended.set(true);
          }
        };
    PrintStream standardError = System.err;
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    System.setErr(new PrintStream(printed, true, StandardCharsets.UTF_8));
    try {
      application.run("server", config.toString());
    } finally {
      System.setErr(standardError);
    }
    assertThat(ended).isTrue();
    return printed.toString(StandardCharsets.UTF_8);
  }
}
