package dev.ss.api.stream;

import dev.ss.boot.NamedThreads;
import dev.ss.server.MemoryBudget;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Sends the {@link Content} that a route has left as an attribute of its request, after the route
 * has answered with headers and an empty body. A few threads read the contents; none waits for a
 * client. A client that takes nothing for half a minute is cut off, and earlier if the pieces on
 * their way to clients use up the memory.
 */
public final class StreamedResponses extends Handler.Wrapper {
  static final Duration STALL_LIMIT = Duration.ofSeconds(30);

  private static final int READERS = 4;

  private final MemoryBudget budget;
  private final Duration lookInterval;
  private final ExecutorService readers =
      Executors.newFixedThreadPool(READERS, new NamedThreads("stream"));
  private final Set<Pump> following = ConcurrentHashMap.newKeySet();
  private volatile boolean released;

  /**
   * @param budget the memory for pieces on their way to clients
   * @param lookInterval how long to wait before a content is asked again that had nothing to send
   */
  public StreamedResponses(MemoryBudget budget, Duration lookInterval) {
    this.budget = budget;
    this.lookInterval = lookInterval;
  }

  /**
   * Cuts off all clients that follow a running command, so that a stopping process does not wait
   * for them; they may go on elsewhere.
   */
  public void release() {
    released = true;
    following.forEach(Pump::cutOff);
  }

  @Override
  protected void doStop() throws Exception {
    super.doStop();
    readers.shutdown();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    Streamed streamed = new Streamed(request, response, callback);
    return super.handle(request, streamed, streamed);
  }

  /** Takes over at the last write of a route that has left a content. */
  private final class Streamed extends Response.Wrapper implements Callback {
    private final Callback callback;
    private int open = 1;
    private @Nullable Throwable failure;

    Streamed(Request request, Response response, Callback callback) {
      super(request, response);
      this.callback = callback;
    }

    @Override
    public void write(boolean last, @Nullable ByteBuffer bytes, Callback written) {
      if (!last || !(getRequest().getAttribute(Content.ATTRIBUTE) instanceof Content content)) {
        super.write(last, bytes, written);
        return;
      }
      getRequest().removeAttribute(Content.ATTRIBUTE);
      content.length().ifPresent(length -> getHeaders().put(HttpHeader.CONTENT_LENGTH, length));
      if (HttpMethod.HEAD.is(getRequest().getMethod())) {
        content.close();
        super.write(true, bytes, written);
        return;
      }
      synchronized (this) {
        open++;
      }
      written.succeeded();
      new Pump(this, content).start();
    }

    private void writeOut(boolean last, ByteBuffer bytes, Callback written) {
      super.write(last, bytes, written);
    }

    /** The route is done; the response is only when its content is sent. */
    @Override
    public void succeeded() {
      done(null);
    }

    @Override
    public void failed(Throwable cause) {
      done(cause);
    }

    /** The route or the content is done, whichever it is; the last of them ends the response. */
    void done(@Nullable Throwable cause) {
      boolean isLast;
      synchronized (this) {
        failure = failure == null ? cause : failure;
        isLast = --open == 0;
      }
      if (isLast) {
        finish();
      }
    }

    private void finish() {
      if (getRequest().removeAttribute(Content.ATTRIBUTE) instanceof Content left) {
        left.close(); // the route has failed after all
      }
      if (failure == null) {
        callback.succeeded();
      } else {
        callback.failed(failure);
      }
    }

    @Override
    public InvocationType getInvocationType() {
      return InvocationType.NON_BLOCKING;
    }
  }

  /** Sends one content. */
  private final class Pump implements MemoryBudget.Holder {
    private final Streamed response;
    private final Content content;
    private final BooleanSupplier hungUp;
    private @Nullable ByteBuffer unsent;
    private volatile long sendingSince;
    private volatile boolean sending;

    Pump(Streamed response, Content content) {
      this.response = response;
      this.content = content;
      this.hungUp = WaitingConnection.of(response.getRequest()::getAttribute);
    }

    void start() {
      // Jetty would end a request that neither reads nor writes; a client that follows may wait.
      response.getRequest().addIdleTimeoutListener(timeout -> false);
      if (content.isFollowing()) {
        following.add(this);
      }
      if (released && content.isFollowing()) {
        cutOff();
      }
      if (content.isFollowing()) {
        send(ByteBuffer.allocate(0)); // the headers: it may be long until there is a byte
      } else {
        readers.execute(this::readNext);
      }
    }

    private void readNext() {
      try {
        ByteBuffer left = unsent;
        if (left != null) {
          send(left);
        } else {
          content.next().match(this::begin, this::later, this::last);
        }
      } catch (Throwable failure) { // RuntimeException: the content cannot be read
        end(failure);
      }
    }

    private boolean begin(byte[] bytes) {
      return send(ByteBuffer.wrap(bytes));
    }

    private boolean send(ByteBuffer bytes) {
      if (!budget.reserve(this, bytes.remaining())) {
        unsent = bytes;
        schedule(MemoryBudget.STALLED);
        return false;
      }
      unsent = null;
      sendingSince = System.nanoTime();
      sending = true;
      long begun = sendingSince;
      int size = bytes.remaining();
      response.writeOut(
          false,
          bytes,
          Callback.from(
              () -> {
                sending = false;
                budget.release(this, size);
                readers.execute(this::readNext);
              },
              this::end));
      if (sending) {
        cutOffUnlessSent(begun);
      }
      return true;
    }

    private void cutOffUnlessSent(long begun) {
      Runnable check =
          () -> {
            if (sending && sendingSince == begun) {
              cutOff();
            }
          };
      response
          .getRequest()
          .getComponents()
          .getScheduler()
          .schedule(check, STALL_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean later() {
      if (hungUp.getAsBoolean()) {
        cutOff();
        end(new EofException("The client has gone away."));
      } else {
        schedule(lookInterval);
      }
      return false;
    }

    private void schedule(Duration pause) {
      response
          .getRequest()
          .getComponents()
          .getScheduler()
          .schedule(() -> readers.execute(this::readNext), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    private boolean last() {
      response.writeOut(true, ByteBuffer.allocate(0), Callback.from(() -> end(null), this::end));
      return true;
    }

    private void end(@Nullable Throwable failure) {
      following.remove(this);
      budget.release(this);
      content.close();
      response.done(failure);
    }

    @Override
    public boolean giveUp() {
      if (!sending || System.nanoTime() - sendingSince < MemoryBudget.STALLED.toNanos()) {
        return false;
      }
      response.getRequest().getComponents().getExecutor().execute(this::cutOff);
      return true;
    }

    private void cutOff() {
      response.getRequest().getConnectionMetaData().getConnection().getEndPoint().close();
    }
  }
}
