package dev.ss.boot;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;

class ConnectorsTest {

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
