package dev.ss.worker.run;

import dev.ss.boot.FatalErrors;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at what the running attempts use: at each soon after its start, and then ever more rarely.
 * One thread looks at all of them. It sleeps until the next look is due; attempts that are over by
 * then do not wake it, so thousands of short ones cost next to nothing.
 */
final class Looks {
  private static final Logger LOG = LoggerFactory.getLogger(Looks.class);

  private static final Duration FIRST = Duration.ofMillis(20);
  private static final Duration MAX_PAUSE = Duration.ofSeconds(1);

  /** The pause after a look is this part of the time that the attempt has run by then. */
  private static final int PART_OF_ELAPSED = 4;

  private static final Duration FIRST_EVERYWHERE = Duration.ofSeconds(1);
  private static final Duration MAX_PAUSE_EVERYWHERE = Duration.ofSeconds(30);

  /** How long the thread sleeps while there is no attempt. */
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final Set<Looking> all = ConcurrentHashMap.newKeySet();
  private final Thread thread = new Thread(this::run, "attempt-looks");
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean failed = new AtomicBoolean();
  private volatile long sleepsUntil;

  Looks() {
    thread.setDaemon(true);
  }

  /** Looks from now on, until this is closed. */
  Looking begin(Usage usage) {
    Looking looking = new Looking(usage);
    if (usage.needsLooks()) {
      all.add(looking);
      if (started.compareAndSet(false, true)) {
        thread.start();
      } else if (sleepsUntil - looking.next > 0) {
        LockSupport.unpark(thread);
      }
    }
    return looking;
  }

  private void run() {
    while (true) {
      long now = System.nanoTime();
      // Whoever begins during this round wakes the thread, because the round may have missed it.
      sleepsUntil = now + IDLE.toNanos();
      long earliest = sleepsUntil;
      for (Looking looking : all) {
        looking.lookIfDue(now);
        earliest = looking.next - earliest < 0 ? looking.next : earliest;
      }
      sleepsUntil = earliest;
      LockSupport.parkNanos(earliest - System.nanoTime());
    }
  }

  /** The looks at one attempt. */
  final class Looking {
    private final Usage usage;
    private final long begun = System.nanoTime();
    private volatile long next = begun + FIRST.toNanos();
    private long nextEverywhere = begun + FIRST_EVERYWHERE.toNanos();

    private Looking(Usage usage) {
      this.usage = usage;
    }

    private void lookIfDue(long now) {
      if (next - now > 0) {
        return;
      }
      long elapsed = now - begun;
      try {
        if (now - nextEverywhere < 0) {
          usage.look();
        } else {
          usage.lookEverywhere();
          nextEverywhere = now + Math.min(elapsed, MAX_PAUSE_EVERYWHERE.toNanos());
        }
      } catch (RuntimeException | Error e) { // an ended thread would go unnoticed
        FatalErrors.endIfFatal(e);
        if (failed.compareAndSet(false, true)) {
          LOG.error("What an attempt uses is not known; further failures are not logged.", e);
        }
      }
      next =
          now + Math.max(FIRST.toNanos(), Math.min(elapsed / PART_OF_ELAPSED, MAX_PAUSE.toNanos()));
    }

    /** Ends the looks. One that is in progress may go on for a moment. */
    void close() {
      all.remove(this);
    }
  }
}
