package dev.ss.testkit.client;

import dev.ss.testkit.process.Shell;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManager;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/** A key with a certificate for localhost that it has signed itself, in a key store file. */
public final class TestCertificate {
  private static final String TYPE = "PKCS12";
  private static final String ALIAS = "test";
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private final KeyStore store;
  private final String password;

  private TestCertificate(KeyStore store, String password) {
    this.store = store;
    this.password = password;
  }

  /** Makes a key and its certificate in this file, which must not be there. */
  public static TestCertificate make(Path file, String password) {
    Shell.run(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
            "-genkeypair",
            "-keystore",
            file.toString(),
            "-storetype",
            TYPE,
            "-storepass",
            password,
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=dns:localhost"));
    try (InputStream in = Files.newInputStream(file)) {
      KeyStore store = KeyStore.getInstance(TYPE);
      store.load(in, password.toCharArray());
      return new TestCertificate(store, password);
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes a trust store with the certificate, without its key. */
  public void trustedIn(Path file) {
    try (OutputStream out = Files.newOutputStream(file)) {
      trusted().store(out, password.toCharArray());
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyStore trusted() throws IOException, GeneralSecurityException {
    KeyStore trusted = KeyStore.getInstance(TYPE);
    trusted.load(null, null);
    trusted.setCertificateEntry(ALIAS, store.getCertificate(ALIAS));
    return trusted;
  }

  /**
   * Makes a client, with connections of its own, of a server on this port with this certificate.
   *
   * @param own the certificate that the client shows, if any
   */
  public Http client(int port, @Nullable TestCertificate own) {
    HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .sslContext(context(own))
            .build();
    return new Http(client, URI.create("https://localhost:" + port), LIMIT);
  }

  private SSLContext context(@Nullable TestCertificate own) {
    try {
      TrustManagerFactory trust =
          TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      trust.init(trusted());
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(own == null ? null : own.keys(), trust.getTrustManagers(), null);
      return context;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private KeyManager[] keys() throws GeneralSecurityException {
    KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    keys.init(store, password.toCharArray());
    return keys.getKeyManagers();
  }
}
