package dev.ss.api.metrics;

import com.codahale.metrics.Meter;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.Family2;
import dev.ss.bridge.Label;
import dev.ss.metrics.Catalogue;
import dev.ss.metrics.Guard;
import dev.ss.metrics.JobTypeLabel;
import dev.ss.metrics.TallyByReason;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/** Counts the submissions that the API refuses. */
public final class RejectionMetrics {
  /** Refusals that are not the client's mistake. They are counted from 0, for alerts. */
  private static final Set<RejectionReason> OVERLOAD =
      Set.copyOf(EnumSet.of(RejectionReason.QUEUE_FULL, RejectionReason.UNAVAILABLE));

  private final Family2<RejectionReason, String, Meter> rejections;
  private final Guard guard = new Guard();
  private final TallyByReason<RejectionReason> tally = new TallyByReason<>(RejectionReason.class);

  /**
   * Declares the family.
   *
   * @param jobTypes the names of the configured types
   */
  public RejectionMetrics(BridgeRegistry registry, Collection<String> jobTypes) {
    rejections =
        registry.family(
            Catalogue.JOB_REJECTIONS.spec(),
            Label.ofEnum("reason", RejectionReason.class, OVERLOAD),
            JobTypeLabel.of(jobTypes));
  }

  /**
   * A submission has been refused.
   *
   * @param jobType the job type that it names; empty if that could not be read
   */
  public void rejected(RejectionReason reason, Optional<String> jobType) {
    tally.add(reason);
    guard.count(() -> rejections.with(reason, jobType.orElse(Catalogue.OTHER_JOB_TYPE)).mark());
  }

  /** Returns how many submissions have been refused for this reason. */
  public long count(RejectionReason reason) {
    return tally.count(reason);
  }
}
