package dev.ss.bridge.internal.rate;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;

import com.codahale.metrics.Clock;
import java.util.concurrent.TimeUnit;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.D_Result;

/** The ticker and a reader of the rates look at the count in the same moment. */
@JCStressTest
@State
@Outcome(id = "2.0", expect = ACCEPTABLE, desc = "Ten in five seconds, looked at once.")
public class LookStress {
  private final FiveSecondsLater clock = new FiveSecondsLater();
  private final CountRates rates = new CountRates(() -> 10, clock);

  /** The rates begin at zero, and all looks are five seconds later. */
  private static final class FiveSecondsLater extends Clock {
    private boolean begun;

    @Override
    public long getTick() {
      long now = begun ? TimeUnit.SECONDS.toNanos(5) : 0;
      begun = true;
      return now;
    }
  }

  @Actor
  public void tick() {
    rates.tickIfNecessary();
  }

  @Actor
  public void read() {
    rates.tickIfNecessary();
  }

  @Arbiter
  public void end(D_Result result) {
    result.r1 = rates.getM1Rate();
  }
}
