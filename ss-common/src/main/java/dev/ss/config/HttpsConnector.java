package dev.ss.config;

import io.dropwizard.jetty.HttpsConnectorFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A connector section of {@code type: https}. */
final class HttpsConnector extends HttpsConnectorFactory implements ConnectorSection {
  HttpsConnector() {
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
  public List<Path> certificateFiles() {
    return Stream.of(getKeyStorePath(), getTrustStorePath())
        .filter(Objects::nonNull)
        .map(Path::of)
        .toList();
  }

  @Override
  protected String httpConnections() {
    return CONNECTIONS;
  }
}
