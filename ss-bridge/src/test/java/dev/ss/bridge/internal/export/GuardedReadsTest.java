package dev.ss.bridge.internal.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.bridge.internal.export.GuardedReads.Outcome;
import dev.ss.bridge.internal.export.GuardedReads.Source;
import dev.ss.testkit.unit.Together;
import java.io.IOException;
import java.time.Duration;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

@Timeout(30)
class GuardedReadsTest {
  private static final Duration LIMIT = Duration.ofMillis(100);
  private static final Duration BUDGET = Duration.ofSeconds(10);

  private final GuardedReads reads = new GuardedReads(LIMIT, BUDGET);
  private final CountDownLatch release = new CountDownLatch(1);
  private final AtomicInteger calls = new AtomicInteger();
  private final Source hanging =
      source(
          "hanging",
          () -> {
            calls.incrementAndGet();
            release.await();
            return "back";
          });

  @AfterEach
  void releaseWhatHangs() {
    release.countDown();
  }

  private static Source source(String name, Callable<Object> reader) {
    return new Source() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public Object read() throws Exception {
        return reader.call();
      }
    };
  }

  private static Source giving(Object value) {
    return source("giving", () -> value);
  }

  private static Source failing(Throwable failure) {
    return source("failing", () -> sneak(failure));
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
  private static <T extends Throwable> Object sneak(Throwable failure) throws T {
    throw (T) failure;
  }

  /** The values, and the reasons of failures. */
  private List<Object> read(Source... sources) {
    return reads.read(List.of(sources), System.nanoTime()).stream()
        .map(GuardedReadsTest::told)
        .toList();
  }

  private static Object told(Outcome outcome) {
    return outcome instanceof Outcome.Value read
        ? read.value()
        : ((Outcome.Failure) outcome).reason();
  }

  @Test
  void nothingToReadGivesNothing() {
    assertThat(read()).isEmpty();
  }

  @Test
  void valuesComeInTheOrderOfTheirSources() {
    assertThat(read(giving(1), giving(2), giving("three"))).containsExactly(1, 2, "three");
  }

  @Test
  void nullIsAValueToo() {
    assertThat(reads.read(List.of(giving(null)), System.nanoTime()))
        .hasOnlyElementsOfType(Outcome.Value.class);
  }

  /** As on a busy machine, whose thread is stopped between taking a source and calling it. */
  @Test
  void aSourceThatIsAboutToBeCalledIsWaitedFor() {
    CountDownLatch never = new CountDownLatch(1);
    Source late =
        new Source() {
          @Override
          public String name() {
            return "late";
          }

          @Override
          public Object read() {
            return "late";
          }

          @Override
          public boolean equals(Object other) {
            return this == other;
          }

          @Override
          public int hashCode() { // asked for just before the call
            try {
              assertThat(never.await(LIMIT.toMillis() * 3, TimeUnit.MILLISECONDS)).isFalse();
            } catch (InterruptedException e) {
              throw new IllegalStateException(e);
            }
            return 1;
          }
        };

    assertThat(read(late)).isNotEqualTo(List.of("no time was left for it"));
  }

  @Test
  void aBudgetThatIsUsedUpIsNotBegunAgain() {
    long longAgo = System.nanoTime() - BUDGET.toNanos();

    assertThat(reads.read(List.of(hanging), longAgo))
        .extracting(GuardedReadsTest::told)
        .containsExactly("no time was left for it");
  }

  static Stream<Throwable> failures() {
    return Stream.of(
        new IllegalStateException("password=secret"),
        new IOException("password=secret"),
        new NoClassDefFoundError("password=secret"),
        new StackOverflowError("password=secret"));
  }

  @ParameterizedTest
  @MethodSource("failures")
  void aSourceThatThrowsLosesOnlyItselfAndKeepsItsMessageToItself(Throwable failure) {
    assertThat(read(giving(1), failing(failure), giving(3)))
        .containsExactly(1, failure.getClass().getName(), 3);
  }

  @Test
  void aSourceThatHangsLosesOnlyItself() {
    assertThat(read(giving(1), hanging, giving(3)))
        .containsExactly(1, "it took longer than 100 ms", 3);
  }

  @Test
  void aSourceIsToldOfItsFailure() {
    List<Object> told = new CopyOnWriteArrayList<>();

    read(telling(failing(new Error()), told), source("next", () -> told.add("read")));
    read(telling(hanging, told));

    assertThat(told).containsExactly("failed", "read", "failed");
  }

  private static Source telling(Source source, List<Object> told) {
    return new Source() {
      @Override
      public String name() {
        return source.name();
      }

      @Override
      public Object read() throws Exception {
        return source.read();
      }

      @Override
      public void failed(Duration took) {
        told.add("failed");
      }
    };
  }

  @Test
  void aSourceThatHangsIsLeftAloneUntilItReturns() {
    read(hanging);

    assertThat(read(giving(1), hanging, giving(3)))
        .containsExactly(1, "an earlier call has not returned", 3);
    assertThat(calls).hasValue(1);
  }

  @Test
  void aSourceThatHasReturnedIsReadAgain() {
    read(hanging);

    release.countDown();

    await().untilAsserted(() -> assertThat(read(hanging)).containsExactly("back"));
  }

  @Test
  void allTogetherTakeNoLongerThanTheBudget() {
    GuardedReads hurried = new GuardedReads(LIMIT, LIMIT.multipliedBy(3));
    List<Source> sources =
        Stream.generate(() -> source("hanging too", hanging::read)).limit(100).toList();

    List<Outcome> outcomes = hurried.read(sources, System.nanoTime());

    assertThat(outcomes).hasSize(100).hasOnlyElementsOfType(Outcome.Failure.class);
    assertThat(told(outcomes.get(99))).isEqualTo("no time was left for it");
    assertThat(calls).as("sources it had the time to call").hasValueBetween(1, 20);
  }

  @Test
  void whatWasReadBeforeTheTimeWasUpStays() {
    GuardedReads hurried = new GuardedReads(Duration.ofHours(1), LIMIT.multipliedBy(3));

    assertThat(
            hurried.read(List.of(giving(1), hanging, giving(3)), System.nanoTime()).stream()
                .map(GuardedReadsTest::told))
        .containsExactly(1, "no time was left for it", 3);
  }

  @Test
  void manyThatHangStarveNobody() {
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      sources.add(source("hanging " + i, hanging::read));
      sources.add(giving(i));
    }

    List<Object> told =
        reads.read(sources, System.nanoTime()).stream().map(GuardedReadsTest::told).toList();

    assertThat(told).filteredOn(Integer.class::isInstance).hasSize(20);
    assertThat(told).filteredOn(String.class::isInstance).hasSize(20);
  }

  /** However many scrapes come meanwhile, and whichever of them waited for it. */
  @Test
  void aSourceThatHangsHoldsOneThread() throws Exception {
    Together.inThreads(8, () -> read(hanging));
    for (int i = 0; i < 20; i++) {
      read(hanging);
    }

    assertThat(calls).hasValue(1);
  }

  @Test
  void scrapesAtOnceShareTheAnswerOfASlowSource() throws Exception {
    GuardedReads patient = new GuardedReads(Duration.ofSeconds(10), BUDGET);
    CompletableFuture<List<Outcome>> first =
        CompletableFuture.supplyAsync(() -> patient.read(List.of(hanging), System.nanoTime()));
    await().until(() -> calls.get() == 1);
    CompletableFuture<List<Outcome>> second =
        CompletableFuture.supplyAsync(
            () -> patient.read(List.of(giving(1), hanging), System.nanoTime()));
    release.countDown();

    assertThat(told(first.get().get(0))).isEqualTo("back");
    assertThat(told(second.get().get(1))).isEqualTo("back");
  }

  @Test
  void manyScrapesAtOnceDoNotHinderEachOther() throws Exception {
    List<List<Object>> all =
        Together.inThreads(
            8, () -> read(giving(1), hanging, giving(3), failing(new Error()), giving(5)));

    assertThat(all)
        .hasSize(8)
        .allSatisfy(each -> assertThat(each).hasSize(5).contains(1, 3, 5).doesNotContain("back"));
    assertThat(calls).hasValue(1);
  }

  @Test
  void anInterruptedScrapeEndsAndStaysInterrupted() {
    Thread.currentThread().interrupt();

    List<Object> told = read(hanging, hanging);

    assertThat(Thread.interrupted()).isTrue();
    assertThat(told).hasSize(2).doesNotContain("back");
  }

  /** Its reader may have lost the processor just then. */
  @Test
  void aSourceThatAThreadHasTakenButNotBegunToReadIsWaitedFor() {
    CompletableFuture<Void> givenUp = new CompletableFuture<>();
    Thread scraper = Thread.currentThread();
    List<Source> slowToTake =
        new AbstractList<>() {
          @Override
          public Source get(int index) {
            if (Thread.currentThread() == scraper) {
              givenUp.complete(null);
            } else {
              givenUp.completeOnTimeout(null, 200, TimeUnit.MILLISECONDS).join();
            }
            return giving(7);
          }

          @Override
          public int size() {
            return 1;
          }
        };

    assertThat(reads.read(slowToTake, System.nanoTime()))
        .hasOnlyElementsOfType(Outcome.Value.class);
  }

  @Test
  void noThreadWaitsForTheNextScrapeOnceItIsClosed() {
    Thread reader = (Thread) read(source("thread", Thread::currentThread)).get(0);

    reads.close();

    await().until(() -> !reader.isAlive());
    assertThat(read(giving(1))).containsExactly(1);
  }
}
