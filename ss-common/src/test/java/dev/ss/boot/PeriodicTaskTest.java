package dev.ss.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.unit.CapturedLog;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class PeriodicTaskTest {
  private final CountDownLatch fiveRuns = new CountDownLatch(5);
  private PeriodicTask task;

  @AfterEach
  void stop() {
    task.stop();
  }

  private void start(Runnable work) {
    task = new PeriodicTask("test-task", Duration.ofMillis(1), work);
    task.start();
  }

  private void runAndThen(Runnable failure) {
    start(
        () -> {
          fiveRuns.countDown();
          failure.run();
        });
  }

  private void assertGoesOn() throws InterruptedException {
    assertThat(fiveRuns.await(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void itRunsAgainAndAgain() throws Exception {
    runAndThen(() -> {});

    assertGoesOn();
  }

  @Test
  void afterEachRunItAsksHowLongToWait() throws Exception {
    AtomicInteger runs = new AtomicInteger();
    task =
        new PeriodicTask(
            "test-task",
            () -> Duration.ofMillis(runs.get() < 5 ? 0 : 1_000_000),
            () -> {
              runs.incrementAndGet();
              fiveRuns.countDown();
            });
    task.start();

    assertGoesOn();
    assertThat(runs).hasValue(5);
  }

  @Test
  void anExceptionDoesNotEndIt() throws Exception {
    runAndThen(
        () -> {
          throw new IllegalStateException("one of many");
        });

    assertGoesOn();
  }

  @Test
  void anErrorDoesNotEndIt() throws Exception {
    runAndThen(
        () -> {
          throw new NoClassDefFoundError("one/of/Many");
        });

    assertGoesOn();
  }

  @Test
  void aDefectIsLoggedOnceWithItsTrace() throws Exception {
    try (CapturedLog log = CapturedLog.of(PeriodicTask.class.getPackage())) {
      runAndThen(
          () -> {
            throw new IllegalStateException("one of many");
          });

      assertGoesOn();

      assertThat(log.messages()).containsExactly("ERROR test-task failed; it will run again.");
      assertThat(log.traces())
          .hasSize(1)
          .first()
          .asString()
          .contains("IllegalStateException", "PeriodicTaskTest")
          .doesNotContain("one of many");
    }
  }

  @Test
  void itRunsOnAThreadThatKeepsNoProcessAlive() throws Exception {
    Thread[] ran = new Thread[1];
    start(
        () -> {
          ran[0] = Thread.currentThread();
          for (int i = 0; i < 5; i++) {
            fiveRuns.countDown();
          }
        });

    assertGoesOn();
    assertThat(ran[0].getName()).isEqualTo("test-task");
    assertThat(ran[0].isDaemon()).isTrue();
  }

  @Test
  void noRunBeginsOnceItIsStopped() throws Exception {
    CountDownLatch running = new CountDownLatch(1);
    CountDownLatch mayEnd = new CountDownLatch(1);
    AtomicInteger runs = new AtomicInteger();
    Thread[] ran = new Thread[1];
    start(
        () -> {
          ran[0] = Thread.currentThread();
          runs.incrementAndGet();
          running.countDown();
          awaitQuietly(mayEnd);
        });
    running.await();

    task.stop();
    mayEnd.countDown();

    ran[0].join(TimeUnit.SECONDS.toMillis(10));
    assertThat(ran[0].isAlive()).isFalse();
    assertThat(runs).hasValue(1);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
