package dev.ss.store;

import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Announces queued jobs with PostgreSQL's {@code notify}. A thread of its own sends all job types
 * that have gathered, because {@code notify} takes a server-wide lock at its commit and submissions
 * must not wait for that lock.
 */
final class NotifyWakeUps implements WakeUps {
  /** The channel of the notifications. The payload of each is the name of a job type. */
  static final String CHANNEL = "ss_jobs";

  private static final Logger LOG = LoggerFactory.getLogger(NotifyWakeUps.class);
  private static final long PAUSE_MILLIS = 10;
  private static final long STOP_LIMIT_MILLIS = 5_000;

  private final Database database;
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<String> toSend = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::sendUntilInterrupted, "wake-ups");
  private volatile boolean stopped;
  private boolean failing;

  NotifyWakeUps(Database database) {
    this.database = database;
    thread.setDaemon(true);
  }

  @Override
  public void queued(String jobType) {
    if (waiting.add(jobType)) {
      toSend.add(jobType);
    }
  }

  @Override
  public void start() {
    thread.start();
  }

  /** Stops the thread, and gives it a few seconds to return its connection. */
  @Override
  public void stop() {
    stopped = true;
    thread.interrupt();
    try {
      thread.join(STOP_LIMIT_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendUntilInterrupted() {
    try {
      while (!stopped) {
        Set<String> jobTypes = new TreeSet<>(Set.of(toSend.take()));
        toSend.drainTo(jobTypes);
        // Before sending, because a job that is queued from now on needs a notification of its own.
        waiting.removeAll(jobTypes);
        trySend(jobTypes);
        Thread.sleep(PAUSE_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void trySend(Collection<String> jobTypes) {
    try {
      send(jobTypes);
      failing = false;
    } catch (RuntimeException e) {
      if (!failing) {
        LOG.warn(
            "Workers cannot be notified of new jobs; they find them by polling: {}",
            e.getMessage());
      }
      failing = true;
    }
  }

  private void send(Collection<String> jobTypes) {
    database.read(
        handle ->
            handle
                .createQuery(
                    "select pg_notify(:channel, job_type) from unnest(:job_types) as t (job_type)")
                .bind("channel", CHANNEL)
                .bindArray("job_types", String.class, jobTypes.toArray())
                .mapTo(String.class)
                .list());
  }
}
