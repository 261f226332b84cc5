package dev.ss.bridge.internal.rate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.Meter;
import com.codahale.metrics.Timer;
import dev.ss.bridge.BridgeRegistry;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RateTickerTest {
  private final RateTicker ticker =
      new RateTicker(
          metric -> metric instanceof Rated rated ? Optional.of(rated) : Optional.empty(),
          Duration.ofMillis(10));

  @Test
  void ticksWhatItIsToldOfUntilThatIsRemoved() {
    AtomicInteger ticks = new AtomicInteger();
    ticker.onMeterAdded("rated", new TickedMeter(ticks));
    ticker.onMeterAdded("meter", new Meter());
    ticker.onTimerAdded("timer", new Timer());

    ticker.tick();
    assertThat(ticks).hasValue(1);

    ticker.onMeterRemoved("rated");
    ticker.tick();
    assertThat(ticks).hasValue(1);
  }

  private static final class TickedMeter extends Meter implements Rated {
    private final AtomicInteger ticks;

    TickedMeter(AtomicInteger ticks) {
      this.ticks = ticks;
    }

    @Override
    public void tick() {
      ticks.incrementAndGet();
    }
  }

  @Test
  void ticksByItselfOnceStarted() {
    AtomicInteger ticks = new AtomicInteger();
    ticker.onMeterAdded("rated", new TickedMeter(ticks));
    ticker.start();
    try {
      await().atMost(Duration.ofSeconds(20)).untilAtomic(ticks, n -> assertThat(n).isPositive());
    } finally {
      ticker.stop();
    }
  }

  /** Without a ticker too: Codahale's reporters read, and each reading is a look. */
  @Test
  void metersAndTimersOfABridgeRegistryHaveRates() {
    BridgeRegistry registry = new BridgeRegistry();
    Meter meter = registry.meter("parcels");
    Timer timer = registry.timer("rides");
    meter.mark(3);
    timer.update(Duration.ofMillis(1));

    assertThat(meter.getMeanRate()).isPositive();
    assertThat(timer.getMeanRate()).isPositive();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(meter.getOneMinuteRate()).isPositive();
              assertThat(timer.getFifteenMinuteRate()).isPositive();
            });
  }
}
