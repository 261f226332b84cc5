package dev.ss.bridge.internal.histogram;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.DJ_Result;
import org.openjdk.jcstress.infra.results.JD_Result;

/** No count is lost, and none counted twice, whatever two threads make at the same moment. */
public final class CountingStress {
  private static final int CELLS = 32;
  private static final int CELL = 3;
  private static final int OF_THE_SAME_CHUNK = 4;

  private CountingStress() {}

  private static double sum(Cells cells) {
    WideSum sum = new WideSum();
    cells.addSumTo(sum);
    return sum.value();
  }

  /** Both threads are the first in a chunk of cells. */
  @JCStressTest
  @State
  @Outcome(id = "2, 12.0", expect = ACCEPTABLE, desc = "Both values are counted, with their sum.")
  public static class BirthOfAChunk {
    private final Cells cells = new Cells(CELLS);

    @Actor
    public void one() {
      cells.add(CELL, 5);
    }

    @Actor
    public void other() {
      cells.add(OF_THE_SAME_CHUNK, 7);
    }

    @Arbiter
    public void end(JD_Result result) {
      result.r1 = cells.count();
      result.r2 = sum(cells);
    }
  }

  /** Both have found the first stripe busy, and double the stripes. */
  @JCStressTest
  @State
  @Outcome(id = "2, 12.0", expect = ACCEPTABLE, desc = "Both values are counted, with their sum.")
  public static class BirthOfStripes {
    private final Cells cells = new Cells(CELLS);
    private final Stripe[] first = cells.stripes;

    @Actor
    public void one() {
      cells.addBeside(CELL, 5, first, 0);
    }

    @Actor
    public void other() {
      cells.addBeside(CELL, 7, first, 0);
    }

    @Arbiter
    public void end(JD_Result result) {
      result.r1 = cells.count();
      result.r2 = sum(cells);
    }
  }

  /** They go on in the same cell while stripes are born. */
  @JCStressTest
  @State
  @Outcome(id = "8, 36.0", expect = ACCEPTABLE, desc = "All values are counted, with their sum.")
  public static class ManyInOneCell {
    private final Cells cells = new Cells(CELLS);

    @Actor
    public void one() {
      cells.add(CELL, 1);
      cells.add(CELL, 2);
      cells.add(CELL, 3);
      cells.add(CELL, 4);
    }

    @Actor
    public void other() {
      cells.add(CELL, 5);
      cells.add(CELL, 6);
      cells.add(CELL, 7);
      cells.add(CELL, 8);
    }

    @Arbiter
    public void end(JD_Result result) {
      result.r1 = cells.count();
      result.r2 = sum(cells);
    }
  }

  /** One gives way and comes again, the other insists. */
  @JCStressTest
  @State
  @Outcome(id = "2, 12.0", expect = ACCEPTABLE, desc = "Both values are counted, with their sum.")
  public static class TryingBesideAdding {
    private final Stripe stripe = new Stripe(CELLS);

    @Actor
    public void one() {
      if (!stripe.tryAdd(CELL, 5)) {
        stripe.add(CELL, 5);
      }
    }

    @Actor
    public void other() {
      stripe.add(CELL, 7);
    }

    @Arbiter
    public void end(JD_Result result) {
      WideSum sum = new WideSum();
      stripe.addSumTo(sum);
      result.r1 = stripe.count();
      result.r2 = sum.value();
    }
  }

  /** The sum goes past 2<sup>64</sup>: whoever brings it there carries, and nobody else. */
  @JCStressTest
  @State
  @Outcome(
      id = "2.7670116110564327E19, 3",
      expect = ACCEPTABLE,
      desc = "Three times the greatest value.")
  public static class CarryOfTheSum {
    private final Stripe stripe = new Stripe(CELLS);

    @Actor
    public void one() {
      stripe.add(CELL, Long.MAX_VALUE);
      if (!stripe.tryAdd(CELL, Long.MAX_VALUE)) {
        stripe.add(CELL, Long.MAX_VALUE);
      }
    }

    @Actor
    public void other() {
      stripe.add(CELL, Long.MAX_VALUE);
    }

    @Arbiter
    public void end(DJ_Result result) {
      WideSum sum = new WideSum();
      stripe.addSumTo(sum);
      result.r1 = sum.value();
      result.r2 = stripe.count();
    }
  }
}
