package dev.ss.bridge.internal.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.codahale.metrics.Clock;
import com.codahale.metrics.Meter;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.assertj.core.data.Offset;

/** The rates of a count that is looked at, beside those of a Codahale meter that is told. */
class CountRatesTest {
  private static final Offset<Double> ROUNDING = within(1e-5);

  private final AtomicLong nanos = new AtomicLong();
  private final Clock clock =
      new Clock() {
        @Override
        public long getTick() {
          return nanos.get();
        }
      };
  private final AtomicLong count = new AtomicLong();
  private final CountRates rates = new CountRates(count::get, clock);
  private final Meter codahale = new Meter(clock);

  private void mark(long n) {
    count.addAndGet(n);
    codahale.mark(n);
  }

  private void pass(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Property
  void lookedAtEveryFiveSecondsTheyAreThoseOfCodahale(
      @ForAll @Size(max = 300) List<@IntRange(max = 10_000) Integer> marks) {
    nanos.incrementAndGet(); // Codahale ticks once more than five seconds have passed.
    for (int n : marks) {
      mark(n);
      pass(5_000);
      rates.tickIfNecessary();
      assertThat(rates.getM1Rate()).isCloseTo(codahale.getOneMinuteRate(), ROUNDING);
      assertThat(rates.getM5Rate()).isCloseTo(codahale.getFiveMinuteRate(), ROUNDING);
      assertThat(rates.getM15Rate()).isCloseTo(codahale.getFifteenMinuteRate(), ROUNDING);
    }
  }

  @Property
  void aSteadyRateIsSeenHoweverIrregularlyItIsLookedAt(
      @ForAll @Size(min = 1, max = 50) List<@IntRange(min = 2_500, max = 120_000) Integer> looks) {
    for (int millis : looks) {
      count.addAndGet(3L * millis);
      pass(millis);
      rates.tickIfNecessary();
      assertThat(rates.getM1Rate()).isCloseTo(3_000, ROUNDING);
      assertThat(rates.getM15Rate()).isCloseTo(3_000, ROUNDING);
    }
  }

  @Example
  void theyAreZeroBeforeTheFirstLook() {
    mark(100);
    pass(1_000);
    rates.tickIfNecessary();

    assertThat(rates.getM1Rate()).isZero();
  }

  @Example
  void nothingForALongTimeIsARateOfZero() {
    mark(1_000);
    pass(5_000);
    rates.tickIfNecessary();
    pass(TimeUnit.DAYS.toMillis(1));
    rates.tickIfNecessary();

    assertThat(rates.getM15Rate()).isCloseTo(0, ROUNDING);
  }
}
