package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ss.testkit.postgres.PostgresServer;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the URL says about TLS reaches the driver, and what is wrong with it the operator. */
class TlsTest {
  private static final char[] PASSWORD = "store-password".toCharArray();

  @TempDir private static Path directory;
  @AutoClose private static final PostgresServer server = PostgresServer.temporary();

  @BeforeAll
  static void useTls() throws Exception {
    makeCertificate("server");
    makeCertificate("other");
    server.useTls(directory.resolve("server.crt"), directory.resolve("server.key"));
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> server.query("show ssl").equals("on"));
  }

  /** One that has signed itself, for the name localhost. */
  private static void makeCertificate(String name) throws Exception {
    Path store = directory.resolve(name + ".p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "key",
                "-keyalg",
                "RSA",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-keystore",
                store.toString(),
                "-storepass",
                new String(PASSWORD))
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve(name + ".log").toFile())
            .start();
    assertThat(keytool.waitFor(60, TimeUnit.SECONDS)).isTrue();
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    Path key = directory.resolve(name + ".key");
    Files.createFile(
        key, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(key, pem("PRIVATE KEY", keys.getKey("key", PASSWORD).getEncoded()));
    Files.writeString(
        directory.resolve(name + ".crt"),
        pem("CERTIFICATE", keys.getCertificate("key").getEncoded()));
  }

  private static String pem(String kind, byte[] content) {
    String text = Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content);
    return "-----BEGIN %1$s-----%n%2$s%n-----END %1$s-----%n".formatted(kind, text);
  }

  private static DatabaseSettings settings(String host, String parameters) throws Exception {
    DatabaseSettings plain = TestStore.newDatabase(server);
    return new DatabaseSettings(
        plain.url().replace("localhost", host) + parameters,
        plain.user(),
        plain.password(),
        1,
        1,
        plain.connectTimeout(),
        plain.statementTimeout());
  }

  private static String refusal(DatabaseSettings settings) {
    DatabaseUnavailableException refusal =
        catchThrowableOfType(DatabaseUnavailableException.class, () -> Database.open(settings));
    return refusal.getMessage();
  }

  @Test
  void theRightRootIsTrusted() throws Exception {
    DatabaseSettings settings =
        settings(
            "localhost", "?sslmode=verify-full&sslrootcert=" + directory.resolve("server.crt"));
    try (TestStore store = TestStore.open(settings)) {
      boolean encrypted =
          store
              .database()
              .read(
                  handle ->
                      handle
                          .createQuery("select ssl from pg_stat_ssl where pid = pg_backend_pid()")
                          .mapTo(Boolean.class)
                          .one());
      assertThat(encrypted).isTrue();
    }
  }

  @Test
  void anotherRootIsAnErrorThatSaysWhereToLook() throws Exception {
    assertThat(
            refusal(
                settings(
                    "localhost",
                    "?sslmode=verify-full&sslrootcert=" + directory.resolve("other.crt"))))
        .contains("TLS", "sslmode", "sslrootcert");
  }

  @Test
  void aRootThatIsNotThereIsAnErrorThatSaysWhereToLook() throws Exception {
    assertThat(refusal(settings("localhost", "?sslmode=verify-full&sslrootcert=/no/such.crt")))
        .contains("TLS", "sslrootcert")
        .doesNotContain("/no/such");
  }

  @Test
  void anotherHostsCertificateIsAnErrorThatSaysWhereToLook() throws Exception {
    assertThat(
            refusal(
                settings(
                    "127.0.0.1",
                    "?sslmode=verify-full&sslrootcert=" + directory.resolve("server.crt"))))
        .contains("TLS", "of this host");
  }

  @Test
  void aServerWithoutTlsIsAnErrorThatSaysWhereToLook() throws Exception {
    try (PostgresServer plain = PostgresServer.temporary()) {
      DatabaseSettings there = TestStore.newDatabase(plain);
      assertThat(
              refusal(
                  new DatabaseSettings(
                      there.url() + "?sslmode=require",
                      there.user(),
                      there.password(),
                      1,
                      1,
                      there.connectTimeout(),
                      there.statementTimeout())))
          .contains("TLS", "sslmode");
    }
  }
}
