package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class BulkLaneTest {
  private static final Duration NO_LIMIT = Duration.ofDays(1);

  private final AtomicLong now = new AtomicLong();
  private final List<Duration> rests = Collections.synchronizedList(new ArrayList<>());

  private BulkLane lane(Duration maxWait) {
    return new BulkLane(1, maxWait, now::get, nanos -> rests.add(Duration.ofNanos(nanos)));
  }

  private Supplier<String> taking(Duration time) {
    return () -> {
      now.addAndGet(time.toNanos());
      return "done";
    };
  }

  @Test
  void restsAfterAChunkForAFourthOfItsTimeButNotForLong() {
    BulkLane lane = lane(NO_LIMIT);

    assertThat(lane.pass(taking(Duration.ofMillis(8)))).isEqualTo("done");
    assertThat(lane.pass(taking(Duration.ofSeconds(10)))).isEqualTo("done");

    assertThat(rests).containsExactly(Duration.ofMillis(2), Duration.ofMillis(100));
  }

  @Test
  void aChunkWaitsForTheOneBeforeIt() throws Exception {
    BulkLane lane = lane(NO_LIMIT);
    CountDownLatch firstMayEnd = new CountDownLatch(1);
    List<String> ended = Collections.synchronizedList(new ArrayList<>());
    CompletableFuture<Boolean> first = passing(lane, held(firstMayEnd, ended));
    Thread second = new Thread(() -> lane.pass(() -> ended.add("second")));
    second.start();

    await().until(() -> second.getState() == Thread.State.TIMED_WAITING);
    firstMayEnd.countDown();
    second.join();

    assertThat(first.get()).isTrue();
    assertThat(ended).containsExactly("first", "second");
  }

  @Test
  void aChunkPassesOneThatHangs() throws Exception {
    BulkLane lane = lane(Duration.ofMillis(1));
    CountDownLatch firstMayEnd = new CountDownLatch(1);
    List<String> ended = Collections.synchronizedList(new ArrayList<>());
    CompletableFuture<Boolean> first = passing(lane, held(firstMayEnd, ended));

    lane.pass(() -> ended.add("second"));
    firstMayEnd.countDown();

    assertThat(first.get()).isTrue();
    assertThat(ended).containsExactly("second", "first");
  }

  @Test
  void anInterruptEndsTheWaitButNotTheWork() throws Exception {
    BulkLane lane = lane(NO_LIMIT);
    CountDownLatch firstMayEnd = new CountDownLatch(1);
    CompletableFuture<Boolean> first = passing(lane, held(firstMayEnd, new ArrayList<>()));

    Thread.currentThread().interrupt();
    assertThat(lane.pass(() -> "done")).isEqualTo("done");
    assertThat(Thread.interrupted()).isTrue();
    firstMayEnd.countDown();

    assertThat(first.get()).isTrue();
    assertThat(lane.pass(() -> "as wide as before")).isNotNull();
  }

  @Test
  void aChunkThatFailsLetsTheNextOnePass() {
    BulkLane lane = lane(NO_LIMIT);

    assertThatThrownBy(
            () ->
                lane.pass(
                    () -> {
                      throw new IllegalStateException("the disk is full");
                    }))
        .hasMessage("the disk is full");

    assertThat(lane.pass(() -> "done")).isEqualTo("done");
  }

  /** Work that has begun in the lane when this returns. */
  private static CompletableFuture<Boolean> passing(BulkLane lane, Supplier<Boolean> work)
      throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(1);
    CompletableFuture<Boolean> passing =
        CompletableFuture.supplyAsync(
            () ->
                lane.pass(
                    () -> {
                      begun.countDown();
                      return work.get();
                    }));
    begun.await();
    return passing;
  }

  private static Supplier<Boolean> held(CountDownLatch mayEnd, List<String> ended) {
    return () -> {
      try {
        mayEnd.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      return ended.add("first");
    };
  }
}
