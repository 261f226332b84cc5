package dev.ss.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class MetricsServerTest {
  private static MetricsServer on(int port) {
    return new MetricsServer(
        new MetricsConnector.OwnPort("127.0.0.1", port),
        "/metrics",
        new MetricsHandler(new BridgeRegistry()),
        1);
  }

  /** Dropwizard stops everything after a failed start. */
  @Test
  void aServerWhosePortIsTakenCanBeStoppedAndPrinted() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      MetricsServer server = on(taken.getLocalPort());
      assertThatThrownBy(server::start).isInstanceOf(BindException.class);

      assertThatCode(server::stop).doesNotThrowAnyException();
      assertThat(server).hasToString("MetricsServer{/metrics}");
    }
  }
}
