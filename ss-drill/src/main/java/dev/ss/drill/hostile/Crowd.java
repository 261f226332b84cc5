package dev.ss.drill.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Many connections to the API that one thread drives. A connection that the API closes is opened
 * again.
 */
final class Crowd implements AutoCloseable {
  private static final int CONNECT_LIMIT_MILLIS = 2_000;

  private final int port;
  private final boolean keepsLittle;
  private final Greeting greeting;
  private final List<Socket> members = new ArrayList<>();
  private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

  /** What a member does when it has connected. */
  @FunctionalInterface
  interface Greeting {
    void to(Socket member) throws IOException;
  }

  private Crowd(int port, boolean keepsLittle, Greeting greeting) {
    this.port = port;
    this.keepsLittle = keepsLittle;
    this.greeting = greeting;
  }

  /** Connects so many clients. */
  static Crowd of(int size, int port, Greeting greeting) {
    return new Crowd(port, false, greeting).grow(size);
  }

  /**
   * Connects so many clients for which the system keeps next to nothing that they have not read.
   */
  static Crowd ofReaders(int size, int port, Greeting greeting) {
    return new Crowd(port, true, greeting).grow(size);
  }

  /** A greeting that sends this and nothing more. */
  static Greeting saying(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    return member -> member.getOutputStream().write(bytes);
  }

  private Crowd grow(int size) {
    for (int i = 0; i < size; i++) {
      members.add(new Socket());
      connect(i);
    }
    return this;
  }

  private void connect(int index) {
    Socket member = new Socket();
    members.set(index, member);
    try {
      if (keepsLittle) {
        member.setReceiveBufferSize(1);
      }
      member.setSoTimeout(1);
      member.connect(
          new InetSocketAddress(InetAddress.getLoopbackAddress(), port), CONNECT_LIMIT_MILLIS);
      greeting.to(member);
    } catch (SocketException | SocketTimeoutException refused) {
      // The API has closed it; the next round tries again.
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Lets each member do this once a second. */
  Crowd everySecond(Greeting step) {
    var unused = thread.scheduleWithFixedDelay(() -> round(step), 1, 1, TimeUnit.SECONDS);
    return this;
  }

  private void round(Greeting step) {
    for (int i = 0; i < members.size() && !thread.isShutdown(); i++) {
      try {
        step.to(members.get(i));
      } catch (IOException closed) {
        close(members.get(i));
        connect(i);
      }
    }
  }

  private static void close(Socket member) {
    try {
      member.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
    members.forEach(Crowd::close);
  }
}
