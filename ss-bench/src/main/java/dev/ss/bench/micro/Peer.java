package dev.ss.bench.micro;

import java.io.IOException;
import java.io.OutputStream;
import java.util.function.LongConsumer;

/** One way to have a family of labelled histograms, empty at first. */
interface Peer {

  /**
   * Adds a series.
   *
   * @param route its only label's value
   * @return records a duration in nanoseconds into it
   */
  LongConsumer series(String route);

  /** Writes what Prometheus gets. */
  void scrape(ScrapeFormat format, OutputStream output) throws IOException;

  /** The peer of this name in the tables. */
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

  /** The peer of this name with timers as a program without labels has them, each a family. */
  static Peer withoutLabels(String name) {
    return switch (name) {
      case "ours" -> new OurTimersPeer();
      case "stockBridge" -> StockBridgePeer.unlabelled();
      default -> throw new IllegalArgumentException("no such peer: " + name);
    };
  }
}
