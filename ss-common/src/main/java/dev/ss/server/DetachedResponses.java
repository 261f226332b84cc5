package dev.ss.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.IteratingCallback;
import org.jspecify.annotations.Nullable;

/**
 * Sends responses without a thread. What a route writes is copied, and the route's thread goes on
 * at once; Jetty sends the copy as fast as the client reads it. A client that takes less than
 * {@value #PART_BYTES} bytes in half a minute is cut off. If the copies would take up more memory
 * than the budget, those whose clients have stalled are cut off, the oldest first.
 */
public final class DetachedResponses extends Handler.Wrapper {
  static final int PART_BYTES = 64 * 1024;
  private static final Duration PART_LIMIT = Duration.ofSeconds(30);

  /** How long a route waits for memory. */
  private static final Duration ROOM_LIMIT = MemoryBudget.STALLED.multipliedBy(4);

  /** What is not larger is always sent: health checks must not wait for memory. */
  private static final int SMALL_BYTES = 8 * 1024;

  private final MemoryBudget budget;
  private final Duration partLimit;
  private final Duration stalled;

  /**
   * @param budget the memory for what clients have not read yet
   */
  public DetachedResponses(Handler next, MemoryBudget budget) {
    this(next, budget, PART_LIMIT, MemoryBudget.STALLED);
  }

  DetachedResponses(Handler next, MemoryBudget budget, Duration partLimit, Duration stalled) {
    super(next);
    this.budget = budget;
    this.partLimit = partLimit;
    this.stalled = stalled;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Detached detached = new Detached(request, response, callback);
    return super.handle(request, detached, detached.new Completion());
  }

  private record Part(boolean last, ByteBuffer content, int size) {}

  /** A response whose bytes are queued, and sent one part after the other. */
  private final class Detached extends Response.Wrapper implements MemoryBudget.Holder {
    private final Callback callback;
    private final Sender sender = new Sender();
    private final Deque<Part> parts = new ArrayDeque<>();
    private boolean sending;
    private long sendingSince;
    private boolean begun;
    private boolean lastQueued;
    private boolean completed;
    private boolean finished;
    private @Nullable Throwable failure;

    Detached(Request request, Response response, Callback callback) {
      super(request, response);
      this.callback = callback;
    }

    @Override
    public boolean hasLastWrite() {
      synchronized (parts) {
        return lastQueued || super.hasLastWrite();
      }
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer content, Callback written) {
      int size = BufferUtil.length(content);
      @Nullable Throwable failed =
          hasRoom(size) ? queue(last, copy(content)) : new IOException("There is no memory.");
      if (failed == null) {
        written.succeeded();
        sender.iterate();
      } else {
        written.failed(failed);
      }
    }

    /** Returns the failure if nothing more can be sent. */
    private @Nullable Throwable queue(boolean last, ByteBuffer copy) {
      synchronized (parts) {
        if (failure == null) {
          addParts(last, copy);
        }
        return failure;
      }
    }

    /** Blocks the route's thread for a moment if the others use up the memory. */
    private boolean hasRoom(int size) {
      if (size <= SMALL_BYTES) {
        budget.overdraw(this, size);
        return true;
      }
      try {
        return budget.reserve(this, size, ROOM_LIMIT);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return false;
      }
    }

    private void addParts(boolean last, ByteBuffer content) {
      if (last && !begun && content.remaining() > PART_BYTES) {
        // Jetty would do this itself if it saw the response in one part.
        getHeaders().put(HttpHeader.CONTENT_LENGTH, content.remaining());
      }
      begun = true;
      lastQueued |= last;
      while (content.remaining() > PART_BYTES) {
        parts.add(new Part(false, content.slice(content.position(), PART_BYTES), PART_BYTES));
        content.position(content.position() + PART_BYTES);
      }
      parts.add(new Part(last, content, content.remaining()));
    }

    private static ByteBuffer copy(@Nullable ByteBuffer content) {
      if (content == null || !content.hasRemaining()) {
        return BufferUtil.EMPTY_BUFFER;
      }
      ByteBuffer copy = ByteBuffer.allocate(content.remaining());
      copy.put(content).flip();
      return copy;
    }

    @Override
    public boolean giveUp() {
      synchronized (parts) {
        long waited = System.nanoTime() - sendingSince;
        if (!sending || failure != null || waited < stalled.toNanos()) {
          return false;
        }
      }
      getRequest().getComponents().getExecutor().execute(this::cutOff);
      return true;
    }

    private void cutOff() {
      endPoint().close();
    }

    private EndPoint endPoint() {
      return getRequest().getConnectionMetaData().getConnection().getEndPoint();
    }

    private void finish(@Nullable Throwable cause) {
      synchronized (parts) {
        if (finished) {
          return;
        }
        finished = true;
      }
      budget.release(this);
      if (cause == null) {
        callback.succeeded();
      } else {
        callback.failed(cause);
      }
    }

    /** Passes on that the route is done, once everything is sent. */
    private final class Completion implements Callback {
      @Override
      public void succeeded() {
        @Nullable Throwable failed;
        synchronized (parts) {
          completed = true;
          failed = failure;
          if (failed == null && (sending || !parts.isEmpty())) {
            return;
          }
        }
        finish(failed);
      }

      @Override
      public void failed(Throwable cause) {
        synchronized (parts) {
          completed = true;
          if (sending) {
            failure = cause;
            parts.clear();
            return;
          }
        }
        finish(cause);
      }

      @Override
      public InvocationType getInvocationType() {
        return callback.getInvocationType();
      }
    }

    /** Sends the parts. */
    private final class Sender extends IteratingCallback {
      private @Nullable Part part;
      private volatile long started;
      private volatile long ended;

      @Override
      protected Action process() {
        boolean isDone;
        @Nullable Throwable failed;
        @Nullable Part next;
        synchronized (parts) {
          next = parts.poll();
          sending = next != null;
          sendingSince = System.nanoTime();
          failed = failure;
          isDone = next == null && completed;
        }
        if (next == null) {
          if (isDone) {
            finish(failed);
          }
          return Action.IDLE;
        }
        part = next;
        long number = started + 1;
        started = number;
        getWrapped()
            .write(
                next.last(),
                next.content(),
                Callback.from(
                    InvocationType.NON_BLOCKING,
                    () -> sent(number),
                    cause -> notSent(number, cause)));
        if (ended < number) {
          cutOffUnlessSent(number);
        }
        return Action.SCHEDULED;
      }

      private void sent(long number) {
        ended = number;
        succeeded();
      }

      private void notSent(long number, Throwable cause) {
        ended = number;
        failed(cause);
      }

      private void cutOffUnlessSent(long number) {
        Runnable check =
            () -> {
              if (ended < number) {
                cutOff();
              }
            };
        getRequest()
            .getComponents()
            .getScheduler()
            .schedule(check, partLimit.toMillis(), TimeUnit.MILLISECONDS);
      }

      @Override
      protected void onSuccess() {
        Part sent = part;
        if (sent != null) {
          budget.release(Detached.this, sent.size());
        }
      }

      @Override
      protected void onCompleteFailure(Throwable cause) {
        boolean isDone;
        synchronized (parts) {
          sending = false;
          failure = cause;
          isDone = completed;
          parts.clear();
        }
        budget.release(Detached.this);
        if (isDone) {
          finish(cause);
        }
      }

      @Override
      public InvocationType getInvocationType() {
        return InvocationType.NON_BLOCKING;
      }
    }
  }
}
