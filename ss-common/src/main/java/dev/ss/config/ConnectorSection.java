package dev.ss.config;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import jakarta.validation.constraints.NotBlank;
import java.nio.file.Path;
import java.util.List;
import org.eclipse.jetty.server.Connector;
import org.eclipse.jetty.server.HttpConnectionFactory;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.ThreadPool;
import org.jspecify.annotations.Nullable;

/**
 * Where a process listens: Dropwizard's own connector section, with two other defaults. Without
 * {@code bindHost} only this machine reaches the process, and without {@code port} it is the
 * process's usual one.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
  @JsonSubTypes.Type(name = "http", value = HttpConnector.class),
  @JsonSubTypes.Type(name = "https", value = HttpsConnector.class)
})
public sealed interface ConnectorSection permits HttpConnector, HttpsConnector {
  /** The address for a section that names none. */
  String LOOPBACK = "127.0.0.1";

  /** The port of a section that has not been given one. */
  int LEFT_OUT = Integer.MIN_VALUE;

  /** Leaves out address and port: Prometheus's target labels have them. */
  String CONNECTIONS = MetricRegistry.name(HttpConnectionFactory.class, "api", "connections");

  /** The section of a config.yml that leaves it out. */
  static ConnectorSection onPort(int port) {
    return new HttpConnector().withDefaultPort(port);
  }

  /** Sets the port if the section names none. */
  default ConnectorSection withDefaultPort(int port) {
    if (getPort() == LEFT_OUT) {
      setPort(port);
    }
    return this;
  }

  /** The port. */
  @Meaning("the port; 0, on a worker, means that it opens none")
  int getPort();

  /** Sets the port. */
  void setPort(int port);

  /** The address. */
  @Meaning("the address to listen on. The default is reachable from this machine only")
  @NotBlank
  String getBindHost();

  /** The files with keys and certificates, which may be replaced while the process runs. */
  default List<Path> certificateFiles() {
    return List.of();
  }

  /** Makes the connector, as Dropwizard's {@code ConnectorFactory} does. */
  Connector build(Server server, MetricRegistry metrics, String name, @Nullable ThreadPool threads);
}
