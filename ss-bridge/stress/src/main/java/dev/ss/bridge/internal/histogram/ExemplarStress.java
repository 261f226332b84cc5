package dev.ss.bridge.internal.histogram;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import io.prometheus.metrics.model.snapshots.Exemplars;
import java.util.Optional;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.I_Result;
import org.openjdk.jcstress.infra.results.L_Result;

/** Exemplars are whole, and none is lost. */
public final class ExemplarStress {
  private static final BucketLayout BUCKETS = new BucketLayout(1, 10);
  private static final String NONE = "none";

  private ExemplarStress() {}

  /** Value, trace, span and time, as a scrape has them. */
  private static String first(BucketHistogram histogram) {
    Exemplars exemplars = histogram.exemplars();
    if (exemplars.size() == 0) {
      return NONE;
    }
    var exemplar = exemplars.get(0);
    return "%.0f %s %s %d"
        .formatted(
            exemplar.getValue(),
            exemplar.getLabels().get("trace_id"),
            exemplar.getLabels().get("span_id"),
            exemplar.getTimestampMillis());
  }

  /** The one that is read while another takes its place. */
  @JCStressTest
  @State
  @Outcome(id = NONE, expect = ACCEPTABLE, desc = "There is none yet.")
  @Outcome(id = "1 a b 11", expect = ACCEPTABLE, desc = "All of the first.")
  @Outcome(id = "2 c d 12", expect = ACCEPTABLE, desc = "All of the second.")
  public static class Whole {
    private final BucketHistogram histogram = new BucketHistogram(BUCKETS);

    @Actor
    public void put() {
      histogram.exemplar(1, "a", Optional.of("b"), 11);
      histogram.exemplar(2, "c", Optional.of("d"), 12);
    }

    @Actor
    public void read(L_Result result) {
      result.r1 = first(histogram);
    }
  }

  /** Both are the first there are, in buckets of their own. */
  @JCStressTest
  @State
  @Outcome(id = "2", expect = ACCEPTABLE, desc = "Both are kept.")
  public static class BirthOfTheSlots {
    private final BucketHistogram histogram = new BucketHistogram(BUCKETS);

    @Actor
    public void one() {
      histogram.exemplar(1, "a", Optional.empty(), 11);
    }

    @Actor
    public void other() {
      histogram.exemplar(20, "b", Optional.empty(), 12);
    }

    @Arbiter
    public void end(I_Result result) {
      result.r1 = histogram.exemplars().size();
    }
  }
}
