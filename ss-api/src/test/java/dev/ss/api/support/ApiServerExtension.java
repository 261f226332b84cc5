package dev.ss.api.support;

import dev.ss.api.ApiApplication;
import dev.ss.config.SsConfiguration;
import dev.ss.testkit.client.Http;
import dev.ss.testkit.client.RawHttp;
import dev.ss.testkit.exposition.Scrape;
import dev.ss.testkit.process.Directories;
import dev.ss.testkit.process.Ports;
import io.dropwizard.testing.DropwizardTestSupport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.glassfish.jersey.server.ResourceConfig;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The API as it is shipped, on a free port, with a database file of its own, once per class. */
public final class ApiServerExtension implements TestedApi, BeforeAllCallback, AfterAllCallback {
  private final String databaseName;
  private final String connectorSettings;
  private final String apiSettings;
  private final List<String> tokens;
  private Path directory;
  private OwnDatabase database;
  private int port;
  private DropwizardTestSupport<SsConfiguration> process;

  public ApiServerExtension() {
    this("ss.db");
  }

  public ApiServerExtension(String databaseName) {
    this(databaseName, "", "maxWait: 5m", List.of());
  }

  private ApiServerExtension(
      String databaseName, String connectorSettings, String apiSettings, List<String> tokens) {
    this.databaseName = databaseName;
    this.connectorSettings = connectorSettings;
    this.apiSettings = apiSettings;
    this.tokens = tokens;
  }

  /** With these settings in the section {@code api}. */
  public static ApiServerExtension with(String apiSettings) {
    return new ApiServerExtension("ss.db", "", apiSettings, List.of());
  }

  /** With these settings in its connector. */
  public static ApiServerExtension withConnector(String connectorSettings) {
    return new ApiServerExtension("ss.db", ", " + connectorSettings, "maxWait: 5m", List.of());
  }

  /** With a file of tokens that has these entries. */
  public static ApiServerExtension withTokens(List<String> entries) {
    return new ApiServerExtension("ss.db", "", "maxWait: 5m", entries);
  }

  @Override
  public void beforeAll(ExtensionContext context) throws Exception {
    // What is awaited takes milliseconds; the timeout is against hanging.
    Awaitility.setDefaultPollDelay(Duration.ZERO);
    Awaitility.setDefaultPollInterval(Duration.ofMillis(20));
    Awaitility.setDefaultTimeout(Duration.ofSeconds(30));
    directory = Files.createTempDirectory("ss-api-test");
    database = new OwnDatabase(directory.resolve(databaseName));
    port = new Ports().free();
    if (!tokens.isEmpty()) {
      writeTokens(tokens);
    }
    process = new DropwizardTestSupport<>(ApiApplication.class, writeConfig().toString());
    process.before();
  }

  @Override
  public void afterAll(ExtensionContext context) throws Exception {
    process.after();
    Directories.delete(directory);
  }

  /** Writes the file of tokens anew. */
  public void writeTokens(List<String> entries) throws IOException {
    Files.writeString(
        directory.resolve("tokens.yml"), "tokens:\n  " + String.join("\n  ", entries) + "\n");
  }

  /** Stops the server as a signal would; the result is done when it has stopped. */
  public CompletableFuture<Void> stop() {
    return CompletableFuture.runAsync(process::after);
  }

  public int port() {
    return port;
  }

  public Http http() {
    return Http.ofApi(port);
  }

  public RawHttp raw() {
    return RawHttp.ofApi(port);
  }

  /** Returns what the API has registered with Jersey. */
  public ResourceConfig jersey() {
    return process.getEnvironment().jersey().getResourceConfig();
  }

  @Override
  public Rows rows() {
    return database.rows();
  }

  @Override
  public Scrape scrape() {
    return http().scrape();
  }

  /** Moves its file elsewhere, while the API has it open. */
  public void takeTheDatabaseAway() {
    database.takeAway();
  }

  /** Moves the file back if it is away. */
  public void bringTheDatabaseBack() {
    database.bringBack();
  }

  private Path writeConfig() throws IOException {
    return Files.write(
        directory.resolve("config.yml"),
        List.of(
            "api: {connector: {type: http, port: %d%s}, %s}"
                .formatted(port, connectorSettings, apiSettings),
            "worker: {heartbeatInterval: 5s}",
            tokens.isEmpty()
                ? ""
                : "access: {tokensFile: %s}".formatted(directory.resolve("tokens.yml")),
            "database: {url: \"%s\"}".formatted(database.url()),
            "jobTypes:",
            "  word-count: {command: [wc, -w], timeout: 1m, maxAttempts: 3}",
            "  report: {command: [sort], timeout: 1500ms, maxAttempts: 1}",
            "logging: {level: INFO, appenders: []}"));
  }
}
