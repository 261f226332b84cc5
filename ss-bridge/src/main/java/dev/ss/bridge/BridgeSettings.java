package dev.ss.bridge;

import java.time.Duration;

/**
 * The bridge's limits.
 *
 * @param seriesPerFamily how many label sets a family may have before values become {@code _other}
 * @param foreignMetrics how many metrics that others register may be exported
 * @param readLimit how long reading one gauge or collector may take in a scrape
 * @param readBudget how long reading all gauges and collectors together may take in a scrape
 * @param prefix the first part of the names of the bridge's own metrics, such as {@code
 *     metrics_bridge}
 * @param emptyHistograms whether histograms are exported before their first value
 */
public record BridgeSettings(
    int seriesPerFamily,
    int foreignMetrics,
    Duration readLimit,
    Duration readBudget,
    String prefix,
    boolean emptyHistograms) {
  private static final int MAX_FOREIGN_METRICS = 20_000;

  static final int CONCURRENT_SCRAPES = 4;

  /**
   * Limits with 20,000 metrics of others and the usual prefix {@code metrics_bridge}; empty
   * histograms are exported.
   */
  public BridgeSettings(int seriesPerFamily, Duration readLimit, Duration readBudget) {
    this(
        seriesPerFamily,
        MAX_FOREIGN_METRICS,
        readLimit,
        readBudget,
        OwnFamilies.STANDARD.prefix(),
        true);
  }

  /**
   * Returns the defaults: 200 series; 1 s for one read; 4 s for all gauges and 4 s for all
   * collectors, together below Prometheus's scrape timeout of 10 s.
   */
  public static BridgeSettings defaults() {
    return new BridgeSettings(200, Duration.ofSeconds(1), Duration.ofSeconds(4));
  }

  /**
   * Returns the same settings, with which a histogram is exported only from its first value on.
   * Pages are smaller; but Prometheus takes that value for the beginning, and does not count it,
   * unless it reads the time of creation.
   */
  public BridgeSettings withoutEmptyHistograms() {
    return new BridgeSettings(
        seriesPerFamily, foreignMetrics, readLimit, readBudget, prefix, false);
  }
}
