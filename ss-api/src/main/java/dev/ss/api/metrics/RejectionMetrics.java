package dev.ss.api.metrics;

import com.codahale.metrics.Meter;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.Family1;
import dev.ss.bridge.Label;
import dev.ss.metrics.Catalogue;
import dev.ss.metrics.Guard;

/** Counts the submissions that the API refuses. */
public final class RejectionMetrics {
  private final Family1<RejectionReason, Meter> rejections;
  private final Guard guard = new Guard();

  public RejectionMetrics(BridgeRegistry registry) {
    rejections =
        registry.family(
            Catalogue.JOB_REJECTIONS.spec(), Label.ofEnum("reason", RejectionReason.class));
  }

  /** A submission has been refused. */
  public void rejected(RejectionReason reason) {
    guard.count(() -> rejections.with(reason).mark());
  }
}
