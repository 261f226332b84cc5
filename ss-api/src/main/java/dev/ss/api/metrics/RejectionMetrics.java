package dev.ss.api.metrics;

import com.codahale.metrics.Meter;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.Family2;
import dev.ss.bridge.Label;
import dev.ss.metrics.Catalogue;
import dev.ss.metrics.Guard;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Counts the submissions that the API refuses. */
public final class RejectionMetrics {
  private final Family2<RejectionReason, String, Meter> rejections;
  private final Guard guard = new Guard();
  private final List<String> jobTypes;

  /**
   * Declares the family.
   *
   * @param jobTypes the names of the configured types
   */
  public RejectionMetrics(BridgeRegistry registry, Collection<String> jobTypes) {
    this.jobTypes = Stream.concat(jobTypes.stream(), Stream.of(Catalogue.OTHER_JOB_TYPE)).toList();
    rejections =
        registry.family(
            Catalogue.JOB_REJECTIONS.spec(),
            Label.ofEnum("reason", RejectionReason.class),
            Label.ofSet("job_type", jobTypes, Catalogue.OTHER_JOB_TYPE));
  }

  /**
   * A submission has been refused.
   *
   * @param jobType the job type that it names; empty if that could not be read
   */
  public void rejected(RejectionReason reason, Optional<String> jobType) {
    guard.count(() -> rejections.with(reason, jobType.orElse(Catalogue.OTHER_JOB_TYPE)).mark());
  }

  /** Returns how many submissions have been refused for this reason. */
  public long count(RejectionReason reason) {
    return jobTypes.stream().mapToLong(type -> rejections.with(reason, type).getCount()).sum();
  }
}
