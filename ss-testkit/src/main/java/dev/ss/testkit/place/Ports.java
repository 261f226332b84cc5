package dev.ss.testkit.place;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** Ports of the loopback for processes that are yet to be started, and started again. */
public final class Ports {
  /** Below those the system gives to outgoing connections, which would take them meanwhile. */
  private static final int FIRST = 12_000;

  private static final int COUNT = 18_000;

  private final Random random;
  private final Set<Integer> given = new HashSet<>();

  /** Ports chosen with this. */
  public Ports(Random random) {
    this.random = random;
  }

  /** One that nobody listens on now and that has not been given before. */
  public synchronized int free() {
    while (true) {
      int port = FIRST + random.nextInt(COUNT);
      if (isFree(port) && given.add(port)) {
        return port;
      }
    }
  }

  private static boolean isFree(int port) {
    try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (IOException taken) {
      return false;
    }
  }
}
