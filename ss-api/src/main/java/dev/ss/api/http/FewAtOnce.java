package dev.ss.api.http;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.function.Predicate;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Lets only a few requests at once to routes whose responses may be large, so that the responses
 * that are being made fit into memory. Others wait in a line, without a thread; when the line is
 * full, they get 503.
 *
 * <p>Unlike Jetty's {@code QoSHandler} it lets the next one in when a response is made, not when it
 * is sent, which a slow client decides.
 */
public final class FewAtOnce extends Handler.Wrapper {
  private static final int MAX_WAITING = 200;

  private final Predicate<Request> isLarge;
  private final int max;
  private final Queue<Runnable> waiting = new ArrayDeque<>();
  private int running;

  /**
   * @param isLarge which requests are counted
   * @param max how many of them may be made at once
   */
  public FewAtOnce(Handler next, Predicate<Request> isLarge, int max) {
    super(next);
    this.isLarge = isLarge;
    this.max = max;
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!isLarge.test(request)) {
      return super.handle(request, response, callback);
    }
    boolean admitted;
    boolean refused = false;
    synchronized (waiting) {
      admitted = running < max;
      if (admitted) {
        running++;
      } else if (waiting.size() < MAX_WAITING) {
        waiting.add(() -> admit(request, response, callback));
      } else {
        refused = true;
      }
    }
    if (admitted) {
      admit(request, response, callback);
    } else if (refused) {
      Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
    }
    return true;
  }

  private void admit(Request request, Response response, Callback callback) {
    Callback leaving = Callback.from(() -> leave(request), callback);
    Resume.with(getHandler(), request, response, leaving);
  }

  private void leave(Request request) {
    @Nullable Runnable next;
    synchronized (waiting) {
      next = waiting.poll();
      if (next == null) {
        running--;
      }
    }
    if (next != null) {
      request.getComponents().getExecutor().execute(next);
    }
  }
}
