package dev.ss.boot;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TickerTest {
  private final CountDownLatch fiveTicks = new CountDownLatch(5);
  private Ticker ticker;

  @AfterEach
  void stop() {
    ticker.stop();
  }

  private void start(Runnable work) {
    ticker = new Ticker("test-ticker", Duration.ofMillis(1), work);
    ticker.start();
  }

  private void tickAndThen(Runnable failure) {
    start(
        () -> {
          fiveTicks.countDown();
          failure.run();
        });
  }

  private void assertGoesOn() throws InterruptedException {
    assertThat(fiveTicks.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void itTicksAgainAndAgain() throws Exception {
    tickAndThen(() -> {});

    assertGoesOn();
  }

  @Test
  void anExceptionDoesNotEndIt() throws Exception {
    tickAndThen(
        () -> {
          throw new IllegalStateException("one of many");
        });

    assertGoesOn();
  }

  @Test
  void anErrorDoesNotEndIt() throws Exception {
    tickAndThen(
        () -> {
          throw new NoClassDefFoundError("one/of/Many");
        });

    assertGoesOn();
  }

  @Test
  void itTicksOnAThreadThatKeepsNoProcessAlive() throws Exception {
    Thread[] ran = new Thread[1];
    start(
        () -> {
          ran[0] = Thread.currentThread();
          for (int i = 0; i < 5; i++) {
            fiveTicks.countDown();
          }
        });

    assertGoesOn();
    assertThat(ran[0].getName()).isEqualTo("test-ticker");
    assertThat(ran[0].isDaemon()).isTrue();
  }

  @Test
  void noTickBeginsOnceItIsStopped() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicInteger ticks = new AtomicInteger();
    Thread[] ran = new Thread[1];
    start(
        () -> {
          ran[0] = Thread.currentThread();
          ticks.incrementAndGet();
          running.countDown();
          awaitQuietly(mayEnd);
        });
    running.await();

    ticker.stop();
    mayEnd.countDown();

    ran[0].join(TimeUnit.SECONDS.toMillis(10));
    assertThat(ran[0].isAlive()).isFalse();
    assertThat(ticks).hasValue(1);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
