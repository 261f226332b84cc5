package dev.ss.testkit.process;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;

/** Picks free loopback ports for processes that will be started, perhaps more than once. */
public final class Ports {
  /** Below the range for outgoing connections, which could take the ports in the meantime. */
  private static final int FIRST = 12_000;

  private static final int COUNT = 18_000;

  private final Random random = new Random();
  private final Set<Integer> given = new HashSet<>();

  /** Returns a port that nothing listens on and that has not been returned before. */
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
