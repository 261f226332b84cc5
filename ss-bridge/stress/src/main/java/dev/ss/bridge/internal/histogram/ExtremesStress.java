package dev.ss.bridge.internal.histogram;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import com.codahale.metrics.Snapshot;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJD_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** The least and the greatest value and the mean, which snapshots have exactly. */
public final class ExtremesStress {
  private static final BucketLayout BUCKETS = new BucketLayout(1, 10);

  private ExtremesStress() {}

  /** A value moves the extremes before it is counted. */
  @JCStressTest
  @State
  @Outcome(id = "0, 0", expect = ACCEPTABLE, desc = "Nothing is counted yet.")
  @Outcome(id = "7, 7", expect = ACCEPTABLE, desc = "The value is both extremes.")
  public static class OfASnapshot {
    private final BucketHistogram histogram = new BucketHistogram(BUCKETS);

    @Actor
    public void record() {
      histogram.update(7);
    }

    @Actor
    public void read(JJ_Result result) {
      Snapshot snapshot = histogram.getSnapshot();
      result.r1 = snapshot.getMin();
      result.r2 = snapshot.getMax();
    }
  }

  /** None is overwritten by one that is less extreme, and no value below zero is lost. */
  @JCStressTest
  @State
  @Outcome(id = "-4, 9, 0.5", expect = ACCEPTABLE, desc = "Those of all values.")
  public static class InTheEnd {
    private final BucketHistogram histogram = new BucketHistogram(BUCKETS);

    @Actor
    public void one() {
      histogram.update(-3);
      histogram.update(9);
    }

    @Actor
    public void other() {
      histogram.update(-4);
      histogram.update(0);
    }

    @Arbiter
    public void end(JJD_Result result) {
      Snapshot snapshot = histogram.getSnapshot();
      result.r1 = snapshot.getMin();
      result.r2 = snapshot.getMax();
      result.r3 = snapshot.getMean();
    }
  }
}
