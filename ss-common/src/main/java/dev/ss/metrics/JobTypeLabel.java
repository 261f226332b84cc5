package dev.ss.metrics;

import dev.ss.bridge.Label;
import dev.ss.bridge.LabelPair;
import java.util.Collection;
import java.util.List;

/** The label {@code job_type}. */
public final class JobTypeLabel {
  private JobTypeLabel() {}

  /**
   * The label of a family about these types. Jobs of other types, which are no longer configured,
   * appear as {@code _other}.
   */
  public static Label<String> of(Collection<String> jobTypes) {
    return Label.ofSet("job_type", jobTypes, Catalogue.OTHER_JOB_TYPE);
  }

  /** The label of a series about one configured type, or {@link Catalogue#OTHER_JOB_TYPE}. */
  public static LabelPair is(String jobType) {
    return of(List.of(jobType)).is(jobType);
  }
}
