package dev.ss.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.store.DatabaseClock;
import dev.ss.testkit.unit.CapturedLog;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ClockWatchTest {
  private Optional<Duration> offset = Optional.empty();
  private final ClockWatch watch = new ClockWatch(new Measured());

  private final class Measured extends DatabaseClock {
    @Override
    public void measure() {}

    @Override
    public Optional<Duration> offset() {
      return offset;
    }

    @Override
    public Instant instant() {
      throw new UnsupportedOperationException("the watch needs only the offset");
    }
  }

  private void measure(long offsetMillis) {
    offset = Optional.of(Duration.ofMillis(offsetMillis));
    watch.run();
  }

  @Test
  void aClockThatIsFarIsLoggedOnceUntilItWasNear() {
    try (CapturedLog log = CapturedLog.of(ClockWatch.class.getPackage())) {
      watch.run();
      measure(1000);
      assertThat(log.messages()).isEmpty();

      measure(-1001);
      measure(-2000);
      measure(-700);
      measure(499);
      measure(3000);

      assertThat(log.messages())
          .containsExactly(
              "WARN The database's clock and this machine's differ by 1.001 s; SS uses the"
                  + " database's.",
              "WARN The database's clock and this machine's differ by 3.0 s; SS uses the database's.");
    }
  }
}
