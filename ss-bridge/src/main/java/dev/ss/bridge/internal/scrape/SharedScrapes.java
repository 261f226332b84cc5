package dev.ss.bridge.internal.scrape;

import dev.ss.bridge.internal.export.Scrape;
import dev.ss.bridge.internal.exposition.ExpositionBuffer;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Shares scrapes among equal requests. Requests that come while an equal one is being read wait for
 * its end and share the next scrape. So no answer is older than its request, and equal requests
 * never read the metrics more than once at a time, however many scrapers there are. Sending is not
 * part of a scrape: a client that stalls does not keep others from reading. Thread-safe.
 */
final class SharedScrapes {
  /** How many requests may wait for each scrape that may be read at once. */
  private static final int WAITING_FOR_EACH = 4;

  private final Function<Predicate<String>, Scrape> metrics;
  private final int mostReading;
  private final int mostWaiting;
  private final ScrapeBufferPool bodies = new ScrapeBufferPool();

  /** The requests whose scrapes are being read. */
  private final Map<ScrapeRequest, Line> lines = new HashMap<>();

  private int waiting;

  /** The scrape of a request that is being read, and the next one, if any. */
  private static final class Line {
    private final ScrapeRequest request;
    private Turn current;
    private Turn next;

    Line(ScrapeRequest request) {
      this.request = request;
    }
  }

  /** One scrape, for one or more requests. */
  private static final class Turn {
    private final Line line;
    private int requests = 1;
    private Thread reader;
    private boolean ended;
    private ScrapeBuffers body;
    private ExpositionBuffer page;

    Turn(Line line) {
      this.line = line;
    }
  }

  SharedScrapes(Function<Predicate<String>, Scrape> metrics, int concurrentScrapes) {
    this.metrics = metrics;
    this.mostReading = concurrentScrapes;
    this.mostWaiting = concurrentScrapes * WAITING_FOR_EACH;
  }

  /** The answer to send; to be closed after it has been sent. */
  final class Answer implements AutoCloseable {
    private final Turn turn;

    private Answer(Turn turn) {
      this.turn = turn;
    }

    ExpositionBuffer page() {
      return turn.page;
    }

    @Override
    public void close() {
      leave(turn);
    }
  }

  /**
   * Returns the answer to a request, read after the request came.
   *
   * @return empty if too many scrapes are being read or waited for
   * @throws InterruptedIOException if the thread is interrupted while it waits for its turn
   */
  Optional<Answer> of(ScrapeRequest request) throws InterruptedIOException {
    Turn turn = enter(request);
    if (turn == null) {
      return Optional.empty();
    }
    try {
      if (turn.reader == Thread.currentThread()) {
        read(turn);
      } else if (turn.page == null) {
        throw new IllegalStateException("the scrape that was waited for has failed");
      }
    } catch (RuntimeException | Error e) {
      leave(turn);
      throw e;
    }
    return Optional.of(new Answer(turn));
  }

  /** Returns a turn that has ended or that this thread must read; null if there is no room. */
  private synchronized Turn enter(ScrapeRequest request) throws InterruptedIOException {
    Line line = lines.get(request);
    if (line == null) {
      return lines.size() < mostReading ? begin(new Line(request)) : null;
    }
    if (waiting == mostWaiting) {
      return null;
    }
    waiting++;
    try {
      return awaitNext(line);
    } finally {
      waiting--;
    }
  }

  /** How many requests wait for their turn. */
  synchronized int waiting() {
    return waiting;
  }

  private Turn begin(Line line) {
    line.current = new Turn(line);
    line.current.reader = Thread.currentThread();
    lines.put(line.request, line);
    return line.current;
  }

  private synchronized Turn awaitNext(Line line) throws InterruptedIOException {
    if (line.next == null) {
      line.next = new Turn(line);
    } else {
      line.next.requests++;
    }
    Turn turn = line.next;
    try {
      while (!turn.ended && (turn != line.current || turn.reader != null)) {
        wait();
      }
    } catch (InterruptedException e) {
      leave(turn);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another scrape was read");
    }
    if (!turn.ended) {
      turn.reader = Thread.currentThread();
    }
    return turn;
  }

  private void read(Turn turn) {
    ScrapeRequest request = turn.line.request;
    ScrapeBuffers body = bodies.take();
    ExpositionBuffer page = null;
    try {
      Scrape scrape = metrics.apply(request.wanted());
      page = body.write(request.format(), scrape, request.compressed());
    } finally {
      end(turn, body, page);
    }
  }

  private synchronized void end(Turn turn, ScrapeBuffers body, ExpositionBuffer page) {
    turn.ended = true;
    turn.body = body;
    turn.page = page;
    advance(turn.line);
  }

  private synchronized void advance(Line line) {
    line.current = line.next;
    line.next = null;
    if (line.current == null) {
      lines.remove(line.request);
    }
    notifyAll();
  }

  private synchronized void leave(Turn turn) {
    turn.requests--;
    if (turn.requests > 0) {
      return;
    }
    if (turn.ended) {
      bodies.putBack(turn.body);
    } else if (turn.line.current == turn) { // no thread is left to read it
      advance(turn.line);
    } else {
      turn.line.next = null;
    }
  }
}
