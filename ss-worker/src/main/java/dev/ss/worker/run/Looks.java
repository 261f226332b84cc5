package dev.ss.worker.run;

import java.time.Duration;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what the running attempts use: at each soon after its start, and then ever more rarely.
 * One thread looks at all of them.
 */
final class Looks {
  private static final Logger LOG = LoggerFactory.getLogger(Looks.class);

  private static final Duration FIRST = Duration.ofMillis(20);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

  /** The pause after a look is this part of the time that the attempt has run by then. */
  private static final int PART_OF_ELAPSED = 4;

  private static final Duration FIRST_EVERYWHERE = Duration.ofSeconds(1);
  private static final Duration MAX_PAUSE_EVERYWHERE = Duration.ofSeconds(30);

  private final ScheduledThreadPoolExecutor thread;
  private final AtomicBoolean failed = new AtomicBoolean();

  Looks() {
    thread = new ScheduledThreadPoolExecutor(1, Looks::named);
    thread.setRemoveOnCancelPolicy(true);
  }

  private static Thread named(Runnable work) {
    Thread thread = new Thread(work, "attempt-looks");
    thread.setDaemon(true);
    return thread;
  }

  /** Looks from now on, until this is closed. */
  Looking begin(Usage usage) {
    Looking looking = new Looking(usage);
    if (usage.needsLooks()) {
      looking.schedule(FIRST.toNanos());
    }
    return looking;
  }

  /** The looks at one attempt. */
  final class Looking {
    private final Usage usage;
    private final long begun = System.nanoTime();
    private long nextEverywhere = FIRST_EVERYWHERE.toNanos();
    private boolean closed;
    private @Nullable Future<?> next;

    private Looking(Usage usage) {
      this.usage = usage;
    }

    private synchronized void schedule(long nanos) {
      if (!closed) {
        next = thread.schedule(this::look, nanos, TimeUnit.NANOSECONDS);
      }
    }

    private void look() {
      long elapsed = System.nanoTime() - begun;
      try {
        if (elapsed < nextEverywhere) {
          usage.look();
        } else {
          usage.lookEverywhere();
          nextEverywhere = elapsed + Math.min(elapsed, MAX_PAUSE_EVERYWHERE.toNanos());
        }
      } catch (RuntimeException e) {
        if (failed.compareAndSet(false, true)) {
          LOG.error("What an attempt uses is not known; further failures are not logged.", e);
        }
      }
      schedule(Math.max(FIRST.toNanos(), Math.min(elapsed / PART_OF_ELAPSED, MAX_PAUSE.toNanos())));
    }

    /** Ends the looks. One that is in progress may go on for a moment. */
    synchronized void close() {
      closed = true;
      if (next != null) {
        next.cancel(false);
      }
    }
  }
}
