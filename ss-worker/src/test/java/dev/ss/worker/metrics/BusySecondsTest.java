package dev.ss.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.unit.SettableNanos;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class BusySecondsTest {
  private final SettableNanos nanos = new SettableNanos();
  private final BusySeconds busy = new BusySeconds(nanos);

  @Test
  void idleSlotsAreNotBusy() {
    nanos.advance(Duration.ofHours(1));

    assertThat(busy.seconds()).isZero();
  }

  @Test
  void aRunningJobCountsBeforeItsEnd() {
    busy.begin();
    nanos.advance(Duration.ofSeconds(2));

    assertThat(busy.seconds()).isEqualTo(2);
  }

  @Test
  void aJobThatNoClientHasReadCountsAsWell() {
    busy.begin();
    nanos.advance(Duration.ofSeconds(2));
    busy.end();

    assertThat(busy.seconds()).isEqualTo(2);
  }

  @Test
  void nothingIsAddedOnceTheJobHasEnded() {
    busy.begin();
    nanos.advance(Duration.ofSeconds(2));
    busy.end();
    nanos.advance(Duration.ofHours(1));

    assertThat(busy.seconds()).isEqualTo(2);
  }

  @Test
  void jobsThatRunAtOnceAreAddedUp() {
    busy.begin();
    nanos.advance(Duration.ofSeconds(1));
    busy.begin();
    nanos.advance(Duration.ofSeconds(2));
    busy.end();
    nanos.advance(Duration.ofSeconds(4));

    assertThat(busy.seconds()).isEqualTo(9);
  }
}
