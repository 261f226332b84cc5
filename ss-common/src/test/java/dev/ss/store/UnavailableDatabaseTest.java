package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ss.testkit.postgres.PostgresServer;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What an operator is told when the database cannot be opened, and what nobody is told. */
class UnavailableDatabaseTest {
  private static final String PASSWORD = "correct-horse";
  @AutoClose private static final PostgresServer server = PostgresServer.temporary();

  @TempDir private Path directory;

  @BeforeAll
  static void createUser() throws Exception {
    server.createUser("suspicious", PASSWORD);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://127.0.0.1:1/private-name",
        "jdbc:postgresql://127.0.0.1:1/private-name?user=app&password=" + PASSWORD,
        "jdbc:postgresql://no-such-host.invalid/private-name?password=" + PASSWORD
      })
  void aServerThatIsNotThere(String url) {
    assertThat(refusal(url, "app", PASSWORD)).contains("nothing answers there");
  }

  @Test
  void aPasswordThatIsWrong() throws Exception {
    DatabaseSettings settings = TestStore.newDatabase(server);

    assertThat(refusal(settings.url(), "suspicious", "wrong-" + PASSWORD))
        .contains("user or password are refused");
  }

  @Test
  void aDatabaseThatDoesNotExist() {
    DatabaseSettings settings = TestStore.postgres(server, "private-name", "postgres", PASSWORD);

    assertThat(refusal(settings.url(), settings.user(), settings.password()))
        .contains("no database of that name");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jdbc:sqlite::memory:", "jdbc:sqlite:", "jdbc:sqlite:file:private-name"})
  void aSqliteDatabaseThatNoOtherProcessCouldOpen(String url) {
    assertThat(refusal(url, "", "")).contains("must be a plain file");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"jdbc:mysql://app:" + PASSWORD + "@host/private-name", "private-name", ""})
  void aDatabaseOfAnotherKind(String url) {
    assertThat(refusal(url, "app", PASSWORD))
        .contains("must begin with jdbc:sqlite: or jdbc:postgresql:");
  }

  @Test
  void aDirectoryThatCannotBeCreated() throws Exception {
    Path file = Files.writeString(directory.resolve("private-name"), "a file, not a directory");

    assertThat(refusal("jdbc:sqlite:" + file.resolve("ss.db"), "", ""))
        .contains("directory cannot be created");
  }

  @Test
  void aUrlWithThePasswordWhereItDoesNotBelong() {
    assertThat(refusal("jdbc:postgresql://app:" + PASSWORD + "@127.0.0.1:1/private-name", "", ""))
        .contains("nothing answers there");
  }

  @Test
  void settingsDoNotShowWhatMayBeSecret() {
    assertThat(
            new DatabaseSettings(
                "jdbc:x", "app", PASSWORD, 1, 2, TestStore.PATIENCE, TestStore.PATIENCE))
        .hasToString("DatabaseSettings[writers=1, readers=2]");
  }

  /** The message for the operator; neither it nor what is below it may give anything away. */
  private static String refusal(String url, String user, String password) {
    DatabaseSettings settings =
        new DatabaseSettings(
            url, user, password, 1, 1, TestStore.CONNECT_TIMEOUT, TestStore.PATIENCE);
    DatabaseUnavailableException refusal =
        catchThrowableOfType(DatabaseUnavailableException.class, () -> Database.open(settings));
    assertThat(stackTrace(refusal)).doesNotContain(PASSWORD).doesNotContain("private-name");
    return refusal.getMessage();
  }

  private static String stackTrace(Throwable failure) {
    StringWriter text = new StringWriter();
    failure.printStackTrace(new PrintWriter(text));
    return text.toString();
  }
}
