package dev.ss.bridge.internal.histogram;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJD_Result;
import org.openjdk.jcstress.infra.results.JJJ_Result;
import org.openjdk.jcstress.infra.results.JJ_Result;

/** What one thread reads while another records. */
public final class ReadingStress {
  private static final BucketLayout BUCKETS = new BucketLayout(1, 10, 1000);

  /** Of other cells, and of other chunks of them. */
  private static final long SMALL = 1;

  private static final long LARGE = 500_000;

  private ReadingStress() {}

  private static long total(BucketHistogram histogram, ClassicCounts counts) {
    histogram.readInto(counts);
    return counts.total();
  }

  /** As scrapes read; chunks of cells are born meanwhile. */
  @JCStressTest
  @State
  @Outcome(
      id = {"0, 0", "0, 1", "0, 2", "0, 3", "1, 1", "1, 2", "1, 3", "2, 2", "2, 3", "3, 3"},
      expect = ACCEPTABLE,
      desc = "The second reading has at least what the first had.")
  public static class NoCountFalls {
    private final BucketHistogram histogram = new BucketHistogram(BUCKETS);
    private final ClassicCounts counts = new ClassicCounts();

    @Actor
    public void record() {
      histogram.update(LARGE);
      histogram.update(SMALL);
      histogram.update(SMALL);
    }

    @Actor
    public void read(JJ_Result result) {
      result.r1 = total(histogram, counts);
      result.r2 = total(histogram, counts);
    }
  }

  /** The reader records as well, so that stripes are born between its readings. */
  @JCStressTest
  @State
  @Outcome(
      id = {"1, 2, 4", "1, 3, 4", "1, 4, 4", "2, 2, 4", "2, 3, 4", "2, 4, 4", "3, 3, 4", "3, 4, 4"},
      expect = ACCEPTABLE,
      desc = "It sees its own values, and no reading has less than the one before.")
  public static class NoCountFallsWhenStripesAreBorn {
    private final BucketHistogram histogram = new BucketHistogram(BUCKETS);
    private final ClassicCounts counts = new ClassicCounts();

    @Actor
    public void record() {
      histogram.update(SMALL);
      histogram.update(SMALL);
    }

    @Actor
    public void recordAndRead(JJJ_Result result) {
      histogram.update(SMALL);
      result.r1 = total(histogram, counts);
      histogram.update(SMALL);
      result.r2 = total(histogram, counts);
    }

    @Arbiter
    public void end(JJJ_Result result) {
      result.r3 = histogram.getCount();
    }
  }

  /** In the end what a scrape writes and what Codahale's reporters show agree. */
  @JCStressTest
  @State
  @Outcome(
      id = "4, 4, 1000002.0",
      expect = ACCEPTABLE,
      desc = "All values, their number and their sum.")
  public static class AllAgreeInTheEnd {
    private final BucketHistogram histogram = new BucketHistogram(BUCKETS);

    @Actor
    public void one() {
      histogram.update(SMALL);
      histogram.update(LARGE);
    }

    @Actor
    public void other() {
      histogram.update(LARGE);
      histogram.update(SMALL);
    }

    @Arbiter
    public void end(JJD_Result result) {
      ClassicCounts counts = new ClassicCounts();
      result.r1 = total(histogram, counts);
      result.r2 = histogram.getCount();
      result.r3 = counts.sum();
    }
  }
}
