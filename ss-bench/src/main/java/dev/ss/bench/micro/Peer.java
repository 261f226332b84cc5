package dev.ss.bench.micro;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/** An implementation of a family of labelled histograms, empty at first. */
interface Peer {

  /**
   * Adds a series.
   *
   * @param route the value of its only label
   * @return a recorder of durations in nanoseconds
   */
  LongConsumer series(String route);

  /** Writes a scrape. */
  void scrape(ScrapeFormat format, OutputStream output) throws IOException;

  /** Returns the peer of this name in the tables. */
  static Peer named(String name) {
    return switch (name) {
      case "ours" -> new OurPeer();
      case "client" -> new ClientPeer(false);
      case "clientClassic" -> new ClientPeer(true);
      case "micrometer" -> new MicrometerPeer();
      case "otel" -> new OtelPeer(Otel.explicit());
      case "otelExponential" -> new OtelPeer(Otel.exponential());
      case "stockBridge" -> StockBridgePeer.labelled(false);
      case "stockBridgeLockFree" -> StockBridgePeer.labelled(true);
      case "limit" -> new LimitPeer();
      default -> throw new IllegalArgumentException("no such peer: " + name);
    };
  }

  /** Returns the peer of this name with timers without labels, each a family of its own. */
  static Peer withoutLabels(String name) {
    return switch (name) {
      case "ours" -> new OurTimersPeer();
      case "stockBridge" -> StockBridgePeer.unlabelled();
      default -> throw new IllegalArgumentException("no such peer: " + name);
    };
  }
}
