package dev.ss.api.http;

import dev.ss.server.MemoryBudget;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.TimeoutException;
import java.util.function.ToLongFunction;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Reads the bodies of requests before a resource gets the request, and without a thread, so that a
 * client that sends slowly holds up nobody. If the bodies would take up more memory than the
 * budget, some are refused with 503: first those whose clients have stalled.
 *
 * <p>A body that no resource will read is not read here either; the resource sees an empty one.
 */
public final class BufferedBodies extends Handler.Wrapper {
  /** What an array costs beside its bytes. */
  private static final int BYTES_PER_CHUNK = 64;

  private final ToLongFunction<Request> maxBytes;
  private final MemoryBudget budget;
  private final Runnable refused;

  /**
   * @param maxBytes how much of a request's body its resource will read; 0 if nothing
   * @param budget the memory for bodies, which counts a body until its request is answered
   * @param refused is called for each body that there is no memory for
   */
  public BufferedBodies(
      Handler next, ToLongFunction<Request> maxBytes, MemoryBudget budget, Runnable refused) {
    super(next);
    this.maxBytes = maxBytes;
    this.budget = budget;
    this.refused = refused;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    long max = maxBytes.applyAsLong(request);
    if (max == 0 || request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > max) {
      return super.handle(new ReadRequest(request, Content.Chunk.EOF), response, callback);
    }
    Body body = new Body(request, response, callback, max);
    Request.addCompletionListener(request, failure -> budget.release(body));
    body.run();
    return true;
  }

  /** A request whose body is in memory. */
  private static final class ReadRequest extends Request.Wrapper {
    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private final Content.Chunk end;

    ReadRequest(Request request, Content.Chunk end) {
      super(request);
      this.end = end;
    }

    /** Forgets what it returns: the resource has its own copy then. */
    @Override
    public Content.Chunk read() {
      byte[] next = chunks.poll();
      return next == null ? end : Content.Chunk.from(ByteBuffer.wrap(next), false);
    }

    @Override
    public void demand(Runnable available) {
      available.run();
    }
  }

  /** A body that is being read. */
  private final class Body implements MemoryBudget.Holder, Runnable {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final long max;
    private final AwaitedBody awaited;
    private final Deque<byte[]> chunks = new ArrayDeque<>();
    private long size;

    Body(Request request, Response response, Callback callback, long max) {
      this.request = request;
      this.response = response;
      this.callback = callback;
      this.max = max;
      this.awaited = new AwaitedBody(request, this, this::refuse);
    }

    /** Reads what has arrived, and comes back when there is more. */
    @Override
    public void run() {
      while (true) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          if (awaited.isTooSlow(size)) {
            handOn(Content.Chunk.from(new TimeoutException("The body comes too slowly."), true));
          } else {
            awaited.await();
          }
          return;
        }
        if (Content.Chunk.isFailure(chunk)) {
          handOn(Content.Chunk.from(chunk.getFailure(), true));
          return;
        }
        boolean last = chunk.isLast();
        if (!keep(chunk)) {
          refuse();
          return;
        }
        if (last || size > max) {
          handOn(Content.Chunk.EOF);
          return;
        }
      }
    }

    private boolean keep(Content.Chunk chunk) {
      try {
        if (!chunk.hasRemaining()) {
          return true;
        }
        if (!budget.reserve(this, chunk.remaining() + BYTES_PER_CHUNK)) {
          return false;
        }
        byte[] bytes = new byte[chunk.remaining()];
        chunk.getByteBuffer().get(bytes);
        chunks.add(bytes);
        size += bytes.length;
        return true;
      } finally {
        chunk.release();
      }
    }

    @Override
    public boolean giveUp() {
      return awaited.giveUp();
    }

    private void handOn(Content.Chunk end) {
      ReadRequest read = new ReadRequest(request, end);
      read.chunks.addAll(chunks);
      chunks.clear();
      Resume.with(getHandler(), read, response, callback);
    }

    /** Makes room at once: others would be refused as well until the client has its answer. */
    private void refuse() {
      chunks.clear();
      budget.release(this);
      refused.run();
      Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
    }
  }
}
