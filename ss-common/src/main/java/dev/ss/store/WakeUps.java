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
 * Tells the workers, through PostgreSQL, that jobs of a type have been queued, so that they look
 * before it is time to. A message that is lost costs no more than that time.
 *
 * <p>A thread of its own sends what has gathered meanwhile: {@code notify} takes a lock of the
 * whole database until its transaction has ended, which submissions are not to wait for.
 */
final class WakeUps {
  /** What the messages are sent on; each is the name of a job type. */
  static final String CHANNEL = "ss_jobs";

  private static final Logger LOG = LoggerFactory.getLogger(WakeUps.class);
  private static final long PAUSE_MILLIS = 10;
  private static final long LAST_MESSAGE_MILLIS = 5_000;

  private final Database database;
  private final Set<String> waiting = ConcurrentHashMap.newKeySet();
  private final BlockingQueue<String> toSend = new LinkedBlockingQueue<>();
  private final Thread thread = new Thread(this::sendUntilInterrupted, "wake-ups");
  private volatile boolean stopped;
  private boolean failing;

  /** Messages to the workers of this database; on SQLite there are none. */
  WakeUps(Database database) {
    this.database = database;
    thread.setDaemon(true);
  }

  /** Jobs of this type have been committed and can be run. Never waits and never fails. */
  void queued(String jobType) {
    if (database.dialect() == Dialect.POSTGRESQL && waiting.add(jobType)) {
      toSend.add(jobType);
    }
  }

  void start() {
    if (database.dialect() == Dialect.POSTGRESQL) {
      thread.start();
    }
  }

  /** Ends the thread, and gives it a moment to give its connection back. */
  void stop() {
    stopped = true;
    thread.interrupt();
    try {
      thread.join(LAST_MESSAGE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void sendUntilInterrupted() {
    try {
      while (!stopped) {
        Set<String> jobTypes = new TreeSet<>(Set.of(toSend.take()));
        toSend.drainTo(jobTypes);
        // Before they are sent: what is queued from now on needs a message of its own.
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
        LOG.warn("Workers are not told of new jobs, and find them by looking: {}", e.getMessage());
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
