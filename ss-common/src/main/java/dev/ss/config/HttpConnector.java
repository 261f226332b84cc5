package dev.ss.config;

import io.dropwizard.jetty.HttpConnectorFactory;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A connector section of {@code type: http}. */
final class HttpConnector extends HttpConnectorFactory implements ConnectorSection {
  HttpConnector() {
    setPort(LEFT_OUT);
    setBindHost(LOOPBACK);
  }

  @Override
  public String getBindHost() {
    return String.valueOf(super.getBindHost());
  }

  @Override
  public void setBindHost(@Nullable String bindHost) {
    super.setBindHost(Objects.requireNonNullElse(bindHost, LOOPBACK));
  }

  @Override
  protected String httpConnections() {
    return CONNECTIONS;
  }
}
