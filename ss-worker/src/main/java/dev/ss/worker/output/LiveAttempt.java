package dev.ss.worker.output;

import dev.ss.job.CommandStream;
import dev.ss.job.Progress;
import dev.ss.store.DatabaseUnavailableException;
import dev.ss.store.JobQueue.Hold;
import dev.ss.store.LiveOutput;
import dev.ss.store.LiveOutput.News;
import dev.ss.worker.run.KillSwitch;
import dev.ss.worker.run.LiveStream;
import dev.ss.worker.run.OutputSink;
import dev.ss.worker.run.ProgressFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One running attempt. Its lock keeps the periodic storing and the storing at the end apart;
 * everything but the time of its begin is guarded by it.
 */
final class LiveAttempt implements OutputSink.Storing {
  private static final Logger LOG = LoggerFactory.getLogger(LiveAttempt.class);
  private static final Duration RETRY_INTERVAL = Duration.ofMillis(500);

  private final Hold hold;
  private final List<StreamCursor> cursors;
  private final ProgressFile progress;
  private final LiveOutput store;
  private final long begunAt;
  private final Consumer<LiveAttempt> ended;

  private final ReentrantLock lock = new ReentrantLock();
  private Optional<Progress> lastProgress = Optional.empty();
  private Optional<Progress> newProgress = Optional.empty();
  private boolean lost;
  private volatile boolean finished;

  /**
   * @param begunAt in nanoseconds, from any origin
   * @param ended is called when nothing is left to store
   */
  LiveAttempt(
      Hold hold,
      List<LiveStream> streams,
      ProgressFile progress,
      LiveOutput store,
      long begunAt,
      Consumer<LiveAttempt> ended) {
    this.hold = hold;
    this.cursors = streams.stream().map(StreamCursor::new).toList();
    this.progress = progress;
    this.store = store;
    this.begunAt = begunAt;
    this.ended = ended;
  }

  long begunAt() {
    return begunAt;
  }

  /** Takes the lock, unless the attempt is being stored already; pair with {@link #giveBack}. */
  boolean take() {
    return !finished && lock.tryLock();
  }

  void giveBack() {
    lock.unlock();
  }

  /** What there is to store now. Stays the same until {@link #stored}. */
  News news() {
    if (!lost) {
      try {
        cursors.forEach(StreamCursor::look);
        return allNews();
      } catch (UncheckedIOException e) {
        lost = true;
        if (!finished) {
          LOG.warn(
              "Job {}: what its command writes cannot be read: {}", hold.jobId(), e.getMessage());
        }
      }
    }
    return new News(hold, List.of(), List.of(), Optional.empty());
  }

  private News allNews() {
    newProgress = progress().filter(said -> !lastProgress.equals(Optional.of(said)));
    return new News(
        hold,
        cursors.stream().flatMap(cursor -> cursor.discarded().stream()).toList(),
        cursors.stream().flatMap(cursor -> cursor.chunks().stream()).toList(),
        newProgress);
  }

  private Optional<Progress> progress() {
    try {
      return progress.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The news has been stored, unless another worker has the attempt now.
   *
   * @param refused the attempts of which nothing was stored
   */
  void stored(Set<Hold> refused) {
    if (lost) { // it had no news
      return;
    }
    lost = refused.contains(hold);
    cursors.forEach(StreamCursor::stored);
    lastProgress = newProgress.or(() -> lastProgress);
  }

  @Override
  public void finish(KillSwitch killSwitch) throws InterruptedException {
    ended.accept(this);
    finished = true;
    if (killSwitch.isThrown(KillSwitch.Reason.LEASE_LOST)) {
      return;
    }
    lock.lockInterruptibly();
    try {
      cursors.forEach(StreamCursor::end);
      while (!lost && !killSwitch.isThrown(KillSwitch.Reason.LEASE_LOST)) {
        News news = allNews();
        if (news.isEmpty()) {
          return;
        }
        storeOrWait(news);
      }
    } finally {
      lock.unlock();
    }
  }

  private void storeOrWait(News news) throws InterruptedException {
    try {
      stored(store.store(List.of(news)));
      cursors.forEach(StreamCursor::lookAfterEnd);
    } catch (DatabaseUnavailableException e) { // the claim loop logs it
      Thread.sleep(RETRY_INTERVAL.toMillis());
    }
  }

  @Override
  public boolean isInChunks(CommandStream stream) {
    lock.lock();
    try {
      return cursors.stream()
          .filter(cursor -> cursor.stream() == stream)
          .allMatch(StreamCursor::isInChunks);
    } finally {
      lock.unlock();
    }
  }
}
