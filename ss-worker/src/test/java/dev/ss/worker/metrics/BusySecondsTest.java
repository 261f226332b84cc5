package dev.ss.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;

class BusySecondsTest {
  private final BusySeconds busy = new BusySeconds();

  @Test
  void idleSlotsAreNotBusy() {
    assertThat(busy.seconds()).isZero();
  }

  @Test
  void aRunningJobCountsBeforeItsEnd() {
    busy.begin();

    await().until(() -> busy.seconds() > 0);
  }

  @Test
  void aJobNobodyLookedAtCountsAsWell() {
    busy.begin();
    long begin = System.nanoTime();
    await().until(() -> System.nanoTime() > begin);
    busy.end();

    assertThat(busy.seconds()).isPositive();
  }

  @Test
  void nothingIsAddedOnceTheJobHasEnded() {
    busy.begin();
    await().until(() -> busy.seconds() > 0);
    busy.end();

    double atTheEnd = busy.seconds();
    assertThat(busy.seconds()).isEqualTo(atTheEnd);
  }

  @Test
  void itNeverFalls() {
    double before = 0;
    for (int i = 0; i < 1000; i++) {
      busy.begin();
      double during = busy.seconds();
      busy.end();
      double after = busy.seconds();
      assertThat(during).isGreaterThanOrEqualTo(before);
      assertThat(after).isGreaterThanOrEqualTo(during);
      before = after;
    }
  }
}
