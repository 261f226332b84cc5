package dev.ss.api.stream;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.internal.HttpConnection;
import org.eclipse.jetty.util.BufferUtil;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Tells whether a client that waits for its answer has closed its connection, or its half of it.
 * Jetty itself looks only while it expects a request.
 */
public final class WaitingConnection implements BooleanSupplier {
  private static final String ATTRIBUTE = Connection.class.getName();

  private final HttpConnection connection;

  private WaitingConnection(HttpConnection connection) {
    this.connection = connection;
  }

  /** Returns a handler that keeps each request's connection for {@link #of}. */
  public static Handler.Wrapper keeping(Handler next) {
    return new Handler.Wrapper(next) {
      @Override
      public boolean handle(Request request, Response response, Callback callback)
          throws Exception {
        request.setAttribute(ATTRIBUTE, request.getConnectionMetaData().getConnection());
        return super.handle(request, response, callback);
      }
    };
  }

  /**
   * Returns whether the client has hung up, as often as it is asked.
   *
   * @param attributes the request's attributes by their names
   */
  public static BooleanSupplier of(Function<String, @Nullable Object> attributes) {
    return Optional.ofNullable(attributes.apply(ATTRIBUTE))
        .filter(HttpConnection.class::isInstance)
        .map(HttpConnection.class::cast)
        .<BooleanSupplier>map(WaitingConnection::new)
        .orElse(() -> false);
  }

  /**
   * Must not be called before the request's handler has returned, nor while the answer is being
   * written, when Jetty itself may read.
   */
  @Override
  public boolean getAsBoolean() {
    if (!connection.isRequestBufferEmpty()) {
      return false; // The client has sent its next request already.
    }
    ByteBuffer next = BufferUtil.allocate(1);
    try {
      int read = connection.getEndPoint().fill(next);
      if (read > 0) {
        connection.onUpgradeTo(next); // Gives the byte back, to be read with the next request.
      }
      return read < 0;
    } catch (IOException reset) {
      return true;
    }
  }
}
