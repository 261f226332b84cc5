package dev.ss.access;

import com.codahale.metrics.Meter;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.Family1;
import dev.ss.bridge.Label;
import dev.ss.metrics.Catalogue;
import dev.ss.metrics.Guard;
import dev.ss.metrics.TallyByReason;

/** Counts the requests that a process refuses because of who sent them, or for which host. */
public final class AccessMetrics {
  private final Family1<DenialReason, Meter> denied;
  private final Guard guard = new Guard();
  private final TallyByReason<DenialReason> tally = new TallyByReason<>(DenialReason.class);

  public AccessMetrics(BridgeRegistry registry) {
    denied =
        registry.family(Catalogue.ACCESS_DENIED.spec(), Label.ofEnum("reason", DenialReason.class));
  }

  /** A request has been refused. */
  public void denied(DenialReason reason) {
    tally.add(reason);
    guard.count(() -> denied.with(reason).mark());
  }

  /** Returns how many requests have been refused for this reason. */
  public long count(DenialReason reason) {
    return tally.count(reason);
  }
}
