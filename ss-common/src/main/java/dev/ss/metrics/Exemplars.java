package dev.ss.metrics;

import dev.ss.bridge.BucketTimer;
import dev.ss.job.TraceParent;
import java.util.Optional;

/** Records durations with the trace they come from. */
public final class Exemplars {
  private Exemplars() {}

  /**
   * Records a duration in nanoseconds, with the trace and the span as its exemplar if there is one.
   */
  public static void update(BucketTimer timer, long nanos, Optional<TraceParent> trace) {
    trace.ifPresentOrElse(
        each -> timer.update(nanos, each.traceId(), each.spanId()),
        () -> timer.update(nanos, Optional.empty()));
  }
}
