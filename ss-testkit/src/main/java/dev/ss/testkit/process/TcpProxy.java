package dev.ss.testkit.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** A proxy between a client and a server that can interrupt or slow down their connections. */
public final class TcpProxy implements AutoCloseable {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final ServerSocket listener;
  private final int target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private State state = State.OPEN;
  private volatile Duration delay = Duration.ZERO;

  private enum State {
    OPEN,
    /** Connections are accepted and stay open, but nothing arrives, as with an unplugged cable. */
    BLACKHOLE,
    /** Present and new connections are closed. */
    RESET,
    CLOSED
  }

  private TcpProxy(ServerSocket listener, int target) {
    this.listener = listener;
    this.target = target;
  }

  /** Makes a proxy to this loopback port. */
  public static TcpProxy to(int target) {
    try {
      TcpProxy proxy =
          new TcpProxy(new ServerSocket(0, 100, InetAddress.getLoopbackAddress()), target);
      daemon("proxy", proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the port on which the proxy listens. */
  public int port() {
    return listener.getLocalPort();
  }

  /** Lets nothing through from now on. Bytes sent meanwhile arrive after {@link #heal}. */
  public void blackhole() {
    set(State.BLACKHOLE);
  }

  /** Closes every connection from now on. */
  public void reset() {
    set(State.RESET);
    sockets.forEach(TcpProxy::close);
  }

  /** Keeps back for this long what clients send, from now on. */
  public void delay(Duration each) {
    delay = each;
  }

  /** Lets everything through again, at once. */
  public void heal() {
    delay = Duration.ZERO;
    set(State.OPEN);
  }

  private void set(State next) {
    lock.lock();
    try {
      state = next;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits while nothing is let through, and returns the state after that. */
  private State passed() throws InterruptedException {
    lock.lock();
    try {
      while (state == State.BLACKHOLE) {
        changed.await();
      }
      return state;
    } finally {
      lock.unlock();
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket client = listener.accept();
        sockets.add(client);
        daemon("proxy-connect", () -> connect(client));
      }
    } catch (IOException closed) {
      // the drill has ended
    }
  }

  private void connect(Socket client) {
    try {
      if (passed() != State.OPEN) {
        close(client);
        return;
      }
      Socket server = new Socket(InetAddress.getLoopbackAddress(), target);
      sockets.add(server);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      daemon("proxy-in", () -> copy(client, server, () -> Waiting.pause(delay)));
      copy(server, client, () -> {});
    } catch (IOException databaseAway) {
      close(client);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void copy(Socket from, Socket to, Runnable before) {
    byte[] buffer = new byte[BUFFER_BYTES];
    try (from;
        to) {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
        before.run();
        if (passed() != State.OPEN) {
          return;
        }
        out.write(buffer, 0, n);
      }
    } catch (IOException ended) {
      // one side has closed the connection
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private static void daemon(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
  }

  private static void close(Socket socket) {
    try {
      // Discards unsent bytes, so that the other side sees a reset.
      socket.setSoLinger(true, 0);
      socket.close();
    } catch (IOException closedAlready) {
      // nothing more to do
    }
  }

  @Override
  public void close() {
    set(State.CLOSED);
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    sockets.forEach(TcpProxy::close);
  }
}
