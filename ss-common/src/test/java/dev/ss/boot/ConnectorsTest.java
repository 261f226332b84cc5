package dev.ss.boot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.codahale.metrics.MetricRegistry;
import dev.ss.config.Configurations;
import dev.ss.config.SsConfiguration;
import dev.ss.testkit.process.Ports;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.ServerSocketChannel;
import java.util.Map;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

class ConnectorsTest {

  @Test
  void aConnectorThatNamesNoAddressIsBoundToLoopback() throws Exception {
    int port = new Ports().free();
    SsConfiguration configuration =
        Configurations.parse(
            "jobTypes: {x: {command: [x]}}\napi: {connector: {type: http, port: %d}}"
                .formatted(port),
            Map.of());
    Server server = new Server();

    try (ServerConnector connector =
        Connectors.open(
            configuration.api().connector(),
            0,
            server,
            new MetricRegistry(),
            "api.connector",
            "X")) {
      assertThat(
              ((InetSocketAddress)
                      ((ServerSocketChannel) connector.getTransport()).getLocalAddress())
                  .getAddress()
                  .isLoopbackAddress())
          .isTrue();
    }
  }

  @Test
  void aPortThatIsTakenIsAnErrorThatNamesItsKey() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      ServerConnector connector = new ServerConnector(new Server());
      connector.setHost("127.0.0.1");
      connector.setPort(taken.getLocalPort());

      assertThatThrownBy(() -> Connectors.open(connector, "api.connector.port (SS_API_PORT)"))
          .isInstanceOf(StartupException.class)
          .hasMessageContaining(
              "api.connector.port (SS_API_PORT): cannot listen on 127.0.0.1 port "
                  + taken.getLocalPort());
    }
  }
}
