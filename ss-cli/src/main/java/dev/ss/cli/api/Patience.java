package dev.ss.cli.api;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long and how often to try again while SS does not answer: after pauses that grow, until it
 * has been silent for too long.
 */
public final class Patience {
  private static final Duration FIRST = Duration.ofMillis(200);
  private static final Duration LONGEST = Duration.ofSeconds(5);

  private final LongSupplier nanoTime;
  private final Pause pause;
  private final Duration limit;
  private long silentSince;
  private Duration next = FIRST;
  private boolean silent;

  /** Waits. */
  @FunctionalInterface
  public interface Pause {
    void of(Duration duration) throws InterruptedException;
  }

  /**
   * Waits with the thread.
   *
   * @param limit for how long SS may be silent
   */
  public static Patience of(Duration limit) {
    return new Patience(System::nanoTime, pause -> Thread.sleep(pause.toMillis()), limit);
  }

  public Patience(LongSupplier nanoTime, Pause pause, Duration limit) {
    this.nanoTime = nanoTime;
    this.pause = pause;
    this.limit = limit;
  }

  /** SS has answered. */
  public void answered() {
    silent = false;
    next = FIRST;
  }

  /** Returns whether SS has been silent before this. */
  public boolean isSilent() {
    return silent;
  }

  /**
   * Waits before another try.
   *
   * @throws Failure the one given, if SS has been silent for too long
   */
  public void pauseAfter(Failure failure) {
    long now = nanoTime.getAsLong();
    if (!silent) {
      silent = true;
      silentSince = now;
    }
    if (now - silentSince >= limit.toNanos()) {
      throw failure;
    }
    Duration asked = failure instanceof Unanswered busy ? busy.retryAfter() : Duration.ZERO;
    try {
      pause.of(asked.compareTo(next) > 0 ? asked : next);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw failure;
    }
    next = next.multipliedBy(2).compareTo(LONGEST) < 0 ? next.multipliedBy(2) : LONGEST;
  }
}
