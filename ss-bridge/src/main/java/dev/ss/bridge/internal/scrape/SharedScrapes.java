package dev.ss.bridge.internal.scrape;

import dev.ss.bridge.internal.export.Scrape;
import dev.ss.bridge.internal.exposition.ExpositionBuffer;
import java.io.InterruptedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

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
  private final int maxReading;
  private final int maxWaiting;
  private final ScrapeBufferPool bodies = new ScrapeBufferPool();

  /** The requests whose scrapes are being read. */
  private final Map<ScrapeRequest, Line> lines = new HashMap<>();

  private int waiting;

  /** The scrape of a request that is being read, and the next one, if any. */
  private static final class Line {
    private final ScrapeRequest request;
    private @Nullable Turn current;
    private @Nullable Turn next;

    Line(ScrapeRequest request) {
      this.request = request;
    }
  }

  /** One scrape, for one or more requests. */
  private static final class Turn {
    private final Line line;
    private int requests;
    private @Nullable Thread reader;

    /** Holds the page once the scrape has ended. */
    private @Nullable ScrapeBuffers body;

    /** The answer once the scrape has succeeded. */
    private @Nullable ExpositionBuffer page;

    Turn(Line line) {
      this.line = line;
    }
  }

  SharedScrapes(Function<Predicate<String>, Scrape> metrics, int concurrentScrapes) {
    this.metrics = metrics;
    this.maxReading = concurrentScrapes;
    this.maxWaiting = concurrentScrapes * WAITING_FOR_EACH;
  }

  /** The answer to send; to be closed after it has been sent. */
  final class Answer implements AutoCloseable {
    private final Turn turn;
    private final ExpositionBuffer page;

    private Answer(Turn turn, ExpositionBuffer page) {
      this.turn = turn;
      this.page = page;
    }

    ExpositionBuffer page() {
      return page;
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
    return enter(request).map(this::answer);
  }

  private Answer answer(Turn turn) {
    try {
      return new Answer(turn, turn.reader == Thread.currentThread() ? read(turn) : shared(turn));
    } catch (RuntimeException | Error e) {
      leave(turn);
      throw e;
    }
  }

  private static ExpositionBuffer shared(Turn turn) {
    if (turn.page == null) {
      throw new IllegalStateException("the scrape that was waited for has failed");
    }
    return turn.page;
  }

  /** Returns a turn that has ended or that this thread must read; empty if there is no room. */
  private synchronized Optional<Turn> enter(ScrapeRequest request) throws InterruptedIOException {
    Line line = lines.get(request);
    if (line == null) {
      return lines.size() < maxReading ? Optional.of(begin(new Line(request))) : Optional.empty();
    }
    if (waiting == maxWaiting) {
      return Optional.empty();
    }
    waiting++;
    try {
      return Optional.of(awaitNext(line));
    } finally {
      waiting--;
    }
  }

  /** How many requests wait for their turn. */
  synchronized int waiting() {
    return waiting;
  }

  private Turn begin(Line line) {
    Turn turn = new Turn(line);
    turn.requests++;
    turn.reader = Thread.currentThread();
    line.current = turn;
    lines.put(line.request, line);
    return turn;
  }

  private synchronized Turn awaitNext(Line line) throws InterruptedIOException {
    Turn turn = line.next == null ? new Turn(line) : line.next;
    line.next = turn;
    turn.requests++;
    try {
      while (turn.body == null && (turn != line.current || turn.reader != null)) {
        wait();
      }
    } catch (InterruptedException e) {
      leave(turn);
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while another scrape was read");
    }
    if (turn.body == null) {
      turn.reader = Thread.currentThread();
    }
    return turn;
  }

  private ExpositionBuffer read(Turn turn) {
    ScrapeRequest request = turn.line.request;
    ScrapeBuffers body = bodies.take();
    @Nullable ExpositionBuffer page = null;
    try {
      Scrape scrape = metrics.apply(request.wanted());
      page = body.write(request.format(), scrape, request.compressed());
      return page;
    } finally {
      end(turn, body, page);
    }
  }

  private synchronized void end(Turn turn, ScrapeBuffers body, @Nullable ExpositionBuffer page) {
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
    if (turn.body != null) {
      bodies.putBack(turn.body);
    } else if (turn.line.current == turn) { // no thread is left to read it
      advance(turn.line);
    } else {
      turn.line.next = null;
    }
  }
}
