package dev.ss.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.testkit.client.RawHttp;
import java.io.EOFException;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import org.eclipse.jetty.server.handler.DefaultHandler;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ConnectionLimitsTest {
  private static final int MAX = 5;

  private JettyServer server;

  private void start(int max, int maxPerAddress, boolean ours) throws Exception {
    server =
        new JettyServer(
            new DefaultHandler(),
            connector ->
                connector.addBean(
                    new ConnectionLimits(
                        connector, max, maxPerAddress, address -> ours, System::nanoTime)));
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private List<Socket> open(int count) throws IOException {
    List<Socket> clients = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      clients.add(server.client());
    }
    await().until(() -> server.connections() >= count);
    return clients;
  }

  private static boolean isServed(Socket client) throws IOException {
    try {
      JettyServer.ask(client);
      return RawHttp.read(client.getInputStream()).status() == 404;
    } catch (EOFException | SocketException closed) {
      return false;
    }
  }

  @Test
  void aConnectionTooManyIsClosedAndTheOthersGoOn() throws Exception {
    start(MAX, MAX, true);
    List<Socket> clients = open(MAX);

    assertThat(isServed(server.client())).isFalse();
    for (Socket client : clients) {
      assertThat(isServed(client)).isTrue();
    }
  }

  @Test
  void connectionsOnWhichNothingHappensMakeRoomSoon() throws Exception {
    start(MAX, MAX, true);
    open(MAX);

    await().until(() -> isServed(server.client()));
  }

  @Test
  void oneAddressCannotHaveThemAll() throws Exception {
    start(MAX, 2, false);
    List<Socket> clients = open(2);

    assertThat(isServed(server.client())).isFalse();
    clients.get(0).close();
    await().until(() -> isServed(server.client()));
  }

  @Test
  void anAddressOfThisMachineCan() throws Exception {
    start(MAX, 2, true);

    for (Socket client : open(MAX)) {
      assertThat(isServed(client)).isTrue();
    }
  }
}
