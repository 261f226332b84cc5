package dev.ss.bridge.internal.scrape;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.codahale.metrics.Meter;
import dev.ss.bridge.internal.export.DroppedMetrics;
import dev.ss.bridge.internal.export.ExportedFamilies;
import dev.ss.bridge.internal.export.GuardedReads;
import dev.ss.bridge.internal.export.Scraper;
import dev.ss.bridge.internal.exposition.ExpositionFormat;
import dev.ss.bridge.internal.scrape.SharedScrapes.Answer;
import java.io.InterruptedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class SharedScrapesTest {
  private static final ScrapeRequest ALL = request();

  private static final Scraper EMPTY =
      new Scraper(
          new ExportedFamilies(true),
          new GuardedReads(Duration.ofSeconds(1), Duration.ofSeconds(1)),
          new DroppedMetrics(metric -> new Meter(), metric -> {}));

  private final AtomicInteger begun = new AtomicInteger();
  private final Semaphore allowed = new Semaphore(0);
  private volatile boolean failing;

  private final SharedScrapes scrapes =
      new SharedScrapes(
          wanted -> {
            begun.incrementAndGet();
            allowed.acquireUninterruptibly();
            if (failing) {
              throw new IllegalArgumentException("it fails");
            }
            return EMPTY.scrape(wanted);
          },
          2);

  private static ScrapeRequest request(String... families) {
    return new ScrapeRequest(ExpositionFormat.TEXT, Optional.empty(), false, Set.of(families));
  }

  private CompletableFuture<Optional<Answer>> ask(ScrapeRequest request) {
    CompletableFuture<Optional<Answer>> answer = new CompletableFuture<>();
    new Thread(
            () -> {
              try {
                answer.complete(scrapes.of(request));
              } catch (InterruptedIOException | RuntimeException e) {
                answer.completeExceptionally(e);
              }
            })
        .start();
    return answer;
  }

  private CompletableFuture<Optional<Answer>> askFirst(ScrapeRequest request) {
    int before = begun.get();
    CompletableFuture<Optional<Answer>> first = ask(request);
    await().until(() -> begun.get() == before + 1);
    return first;
  }

  private static Answer in(CompletableFuture<Optional<Answer>> answer) throws Exception {
    return answer.get(10, TimeUnit.SECONDS).orElseThrow();
  }

  @Test
  void whoeverComesMeanwhileSharesTheNext() throws Exception {
    CompletableFuture<Optional<Answer>> first = askFirst(ALL);
    List<CompletableFuture<Optional<Answer>>> others = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      others.add(ask(ALL));
    }
    await().until(() -> scrapes.waiting() == 5);
    assertThat(begun).as("nobody gets what was read before the question").hasValue(1);
    allowed.release(2);

    Answer own = in(first);
    Answer shared = in(others.get(0));
    for (CompletableFuture<Optional<Answer>> other : others) {
      assertThat(in(other).page()).isSameAs(shared.page()).isNotSameAs(own.page());
    }
    assertThat(begun).hasValue(2);
  }

  @Test
  void whatIsStillBeingSentIsNotWrittenOver() throws Exception {
    allowed.release(3);
    Answer stalled = in(ask(ALL));
    Answer second = in(ask(ALL));
    assertThat(second.page()).isNotSameAs(stalled.page());
    second.close();

    assertThat(in(ask(ALL)).page()).isSameAs(second.page());
  }

  @Test
  void readersThatStallKeepNobodyFromReading() throws Exception {
    allowed.release(50);
    for (int i = 0; i < 50; i++) {
      assertThat(in(ask(request("family-" + i)))).isNotNull();
    }
  }

  @Test
  void moreDifferentScrapesThanMayBeReadAreRefused() throws Exception {
    CompletableFuture<Optional<Answer>> one = askFirst(request("one"));
    CompletableFuture<Optional<Answer>> two = askFirst(request("two"));

    assertThat(scrapes.of(request("three"))).isEmpty();

    allowed.release(3);
    in(one);
    in(two);
    assertThat(scrapes.of(request("three"))).isPresent();
  }

  @Test
  void moreThanMayWaitAreRefused() throws Exception {
    List<CompletableFuture<Optional<Answer>>> answers = new ArrayList<>();
    answers.add(askFirst(ALL));
    for (int i = 0; i < 8; i++) {
      answers.add(ask(ALL));
    }
    await().until(() -> scrapes.waiting() == 8);

    assertThat(scrapes.of(ALL)).isEmpty();

    allowed.release(2);
    for (CompletableFuture<Optional<Answer>> answer : answers) {
      in(answer);
    }
    assertThat(scrapes.waiting()).isZero();
  }

  @Test
  void aFailureIsThatOfAllWhoShareItAndOfNobodyElse() throws Exception {
    CompletableFuture<Optional<Answer>> first = askFirst(ALL);
    List<CompletableFuture<Optional<Answer>>> sharing = List.of(ask(ALL), ask(ALL));
    await().until(() -> scrapes.waiting() == 2);
    allowed.release();
    in(first);
    await().until(() -> begun.get() == 2);
    failing = true;
    allowed.release();

    for (CompletableFuture<Optional<Answer>> each : sharing) {
      assertThatThrownBy(() -> in(each)).hasRootCauseInstanceOf(RuntimeException.class);
    }
    failing = false;
    allowed.release();
    assertThat(scrapes.of(ALL)).isPresent();
  }

  @Test
  void whoIsInterruptedWhileWaitingLeavesTheTurnToOthers() throws Exception {
    CompletableFuture<Optional<Answer>> first = askFirst(ALL);
    AtomicReference<Exception> failure = new AtomicReference<>();
    CountDownLatch over = new CountDownLatch(1);
    Thread impatient =
        new Thread(
            () -> {
              try {
                scrapes.of(ALL);
              } catch (InterruptedIOException e) {
                failure.set(e);
              }
              over.countDown();
            });
    impatient.start();
    await().until(() -> scrapes.waiting() == 1);

    impatient.interrupt();

    assertThat(over.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(failure.get()).hasMessageContaining("interrupted");
    allowed.release(2);
    in(first);
    assertThat(scrapes.of(ALL)).isPresent();
    assertThat(begun).hasValue(2);
  }
}
