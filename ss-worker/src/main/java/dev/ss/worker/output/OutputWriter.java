package dev.ss.worker.output;

import dev.ss.job.Attempt;
import dev.ss.store.JobQueue.Hold;
import dev.ss.store.LiveOutput;
import dev.ss.store.LiveOutput.News;
import dev.ss.worker.run.LiveStream;
import dev.ss.worker.run.OutputSink;
import dev.ss.worker.run.ProgressFile;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * Stores what the running commands write. A periodic task calls {@link #run}, which stores the news
 * of all attempts in one transaction, so that clients can follow them. Attempts that end before
 * they are {@link #MIN_AGE} old cost no transaction of their own.
 */
public final class OutputWriter implements OutputSink, Runnable {
  /** How often the news is to be stored. */
  public static final Duration INTERVAL = Duration.ofMillis(500);

  private static final Duration MIN_AGE = INTERVAL;

  private final LiveOutput store;
  private final LongSupplier nanoTime;
  private final Set<LiveAttempt> live = ConcurrentHashMap.newKeySet();

  public OutputWriter(LiveOutput store, LongSupplier nanoTime) {
    this.store = store;
    this.nanoTime = nanoTime;
  }

  @Override
  public Storing begin(Attempt attempt, List<LiveStream> streams, ProgressFile progress) {
    LiveAttempt begun =
        new LiveAttempt(
            Hold.of(attempt), streams, progress, store, nanoTime.getAsLong(), live::remove);
    live.add(begun);
    return begun;
  }

  /** Stores what the commands have written since the last time. */
  @Override
  public void run() {
    List<LiveAttempt> taken = new ArrayList<>();
    try {
      List<News> news = new ArrayList<>();
      for (LiveAttempt attempt : live) {
        if (isOldEnough(attempt) && attempt.take()) {
          taken.add(attempt);
          News its = attempt.news();
          if (!its.isEmpty()) {
            news.add(its);
          }
        }
      }
      if (!news.isEmpty()) {
        Set<Hold> refused = store.store(news);
        taken.forEach(attempt -> attempt.stored(refused));
      }
    } finally {
      taken.forEach(LiveAttempt::giveBack);
    }
  }

  private boolean isOldEnough(LiveAttempt attempt) {
    return nanoTime.getAsLong() - attempt.begunAt() >= MIN_AGE.toNanos();
  }
}
