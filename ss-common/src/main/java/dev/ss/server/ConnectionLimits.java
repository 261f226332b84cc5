package dev.ss.server;

import com.sun.management.UnixOperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.io.SelectorManager;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.IO;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Limits a connector's connections, in all and from each address, so that they cannot use up the
 * process's file descriptors or its memory. A connection beyond a limit is closed at once; those
 * that are open go on. While there are as many as the limit allows, those on which nothing happens
 * are closed sooner, to make room.
 *
 * <p>This machine's own addresses have no limit of their own, because proxies connect from there.
 */
public final class ConnectionLimits implements SelectorManager.AcceptListener {
  private static final Logger LOG = LoggerFactory.getLogger(ConnectionLimits.class);

  /** What a connection may take up of the heap, with room to spare. */
  private static final long BYTES_PER_CONNECTION = 64 * 1024;

  private static final Duration IDLE_WHEN_FULL = Duration.ofSeconds(2);
  private static final Duration SWEEP_INTERVAL = Duration.ofSeconds(1);

  /** The least time between two log lines about the same. */
  private static final Duration TELLING_INTERVAL = Duration.ofMinutes(1);

  private final ServerConnector connector;
  private final int max;
  private final int maxPerAddress;
  private final Predicate<InetAddress> isOurs;
  private final LongSupplier nanoTime;
  private final Map<SelectableChannel, InetAddress> addresses = new HashMap<>();
  private final Map<InetAddress, Integer> perAddress = new HashMap<>();
  private int open;
  private boolean full;
  private long lastSweep;
  private long lastTold;

  /**
   * @param isOurs which addresses have no limit of their own
   */
  ConnectionLimits(
      ServerConnector connector,
      int max,
      int maxPerAddress,
      Predicate<InetAddress> isOurs,
      LongSupplier nanoTime) {
    this.connector = connector;
    this.max = max;
    this.maxPerAddress = maxPerAddress;
    this.isOurs = isOurs;
    this.nanoTime = nanoTime;
    this.lastTold = nanoTime.getAsLong() - 2 * TELLING_INTERVAL.toNanos();
  }

  /** Applies limits to a connector that has not been started yet. */
  public static void apply(ServerConnector connector, int max, int maxPerAddress) {
    connector.addBean(
        new ConnectionLimits(
            connector, max, maxPerAddress, InetAddress::isLoopbackAddress, System::nanoTime));
  }

  /**
   * How many connections this process has room for: three quarters of the file descriptors that it
   * may open, and one for each 64 KiB of the heap.
   */
  public static int affordable() {
    long heap = Runtime.getRuntime().maxMemory() / BYTES_PER_CONNECTION;
    return (int) Math.min(Math.min(heap, descriptors() / 4 * 3), Integer.MAX_VALUE);
  }

  private static long descriptors() {
    return ManagementFactory.getOperatingSystemMXBean() instanceof UnixOperatingSystemMXBean unix
        ? unix.getMaxFileDescriptorCount()
        : Long.MAX_VALUE;
  }

  @Override
  public void onAccepting(SelectableChannel channel) {
    @Nullable InetAddress address = address(channel);
    boolean refused;
    synchronized (this) {
      open++;
      refused = open > max;
      if (address != null && !isOurs.test(address)) {
        addresses.put(channel, address);
        refused |= perAddress.merge(address, 1, Integer::sum) > maxPerAddress;
      }
    }
    if (refused) {
      IO.close(channel);
    }
    hurryIdle();
  }

  @Override
  public void onAcceptFailed(SelectableChannel channel, Throwable cause) {
    onClosed(channel);
  }

  @Override
  public void onClosed(SelectableChannel channel) {
    synchronized (this) {
      open--;
      InetAddress address = addresses.remove(channel);
      if (address != null) {
        perAddress.computeIfPresent(address, (key, count) -> count == 1 ? null : count - 1);
      }
    }
    hurryIdle();
  }

  /** Shortens the idle timeouts while the connector is full, and restores them afterwards. */
  private void hurryIdle() {
    long idleTimeout;
    boolean told;
    synchronized (this) {
      boolean isFull = full ? open > max / 10 * 9 : open >= max;
      long now = nanoTime.getAsLong();
      if (isFull == full && (!full || now - lastSweep < SWEEP_INTERVAL.toNanos())) {
        return;
      }
      told = isFull && !full && now - lastTold > TELLING_INTERVAL.toNanos();
      lastTold = told ? now : lastTold;
      full = isFull;
      lastSweep = now;
      idleTimeout =
          full
              ? Math.min(IDLE_WHEN_FULL.toMillis(), connector.getIdleTimeout())
              : connector.getIdleTimeout();
    }
    if (told) {
      LOG.warn("There are {} connections, as many as are allowed; new ones are closed.", max);
    }
    for (EndPoint endPoint : connector.getConnectedEndPoints()) {
      endPoint.setIdleTimeout(idleTimeout);
    }
  }

  private static @Nullable InetAddress address(SelectableChannel channel) {
    try {
      return channel instanceof SocketChannel socket
              && socket.getRemoteAddress() instanceof InetSocketAddress remote
          ? remote.getAddress()
          : null;
    } catch (IOException closed) {
      return null;
    }
  }
}
