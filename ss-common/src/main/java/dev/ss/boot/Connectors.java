package dev.ss.boot;

import com.codahale.metrics.MetricRegistry;
import dev.ss.config.ConnectorSection;
import dev.ss.server.ConnectionLimits;
import io.dropwizard.jetty.SslReload;
import io.dropwizard.lifecycle.JettyManaged;
import java.io.IOException;
import java.time.Duration;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Opens a server's port before anything else starts. */
public final class Connectors {
  private static final Duration CERTIFICATE_INTERVAL = Duration.ofSeconds(1);

  private Connectors() {}

  /**
   * Adds the section's connector to the server, and starts to listen.
   *
   * @param maxPerAddress the maximum number of connections from one address; 0 for half of all
   * @param metrics where the connector registers the timer of its connections
   * @param key the section's key in config.yml
   * @param variable the environment variable of its port
   * @throws StartupException if the process cannot listen on the address, or has no certificate
   */
  public static ServerConnector open(
      ConnectorSection section,
      int maxPerAddress,
      Server server,
      MetricRegistry metrics,
      String key,
      String variable) {
    ServerConnector connector = build(section, server, metrics, key);
    int max = ConnectionLimits.affordable();
    ConnectionLimits.apply(connector, max, maxPerAddress == 0 ? max / 2 : maxPerAddress);
    server.addConnector(connector);
    SslReload certificate = server.getBean(SslReload.class);
    if (certificate != null) {
      CertificateWatch watch = new CertificateWatch(certificate, section.certificateFiles(), key);
      // The server has its managed objects already, so a later one has to be added to itself.
      server.addBean(
          new JettyManaged(new PeriodicTask("certificate", CERTIFICATE_INTERVAL, watch)));
    }
    open(connector, "%s.port (%s)".formatted(key, variable));
    return connector;
  }

  private static ServerConnector build(
      ConnectorSection section, Server server, MetricRegistry metrics, String key) {
    try {
      ServerConnector connector =
          (ServerConnector)
              section.build(server, metrics, key.substring(0, key.indexOf('.')), null);
      SslReload certificate = server.getBean(SslReload.class);
      if (certificate != null) {
        certificate.reloadDryRun();
      }
      return connector;
    } catch (Exception e) {
      throw new StartupException(
          "%1$s.keyStorePath or %1$s.trustStorePath".formatted(key),
          "cannot load the certificates: " + rootMessage(e));
    }
  }

  static void open(ServerConnector connector, String key) {
    try {
      connector.open();
    } catch (IOException e) {
      throw new StartupException(
          key,
          "cannot listen on %s port %d: %s"
              .formatted(connector.getHost(), connector.getPort(), rootMessage(e)));
    }
  }

  static String rootMessage(Throwable failure) {
    Throwable cause = failure;
    while (cause.getCause() != null) {
      cause = cause.getCause();
    }
    return String.valueOf(cause.getMessage());
  }
}
