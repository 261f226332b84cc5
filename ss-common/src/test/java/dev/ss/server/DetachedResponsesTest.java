package dev.ss.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.RawHttp;
import java.io.IOException;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DetachedResponsesTest {
  private static final int SIZE = 8 << 20;
  private static final Duration LONG = Duration.ofMinutes(1);

  private final CountDownLatch written = new CountDownLatch(1);
  private final AtomicReference<Throwable> ended = new AtomicReference<>();
  private final CountDownLatch done = new CountDownLatch(1);
  private JettyServer server;

  /** Writes a lot, in the blocking way of a servlet. */
  private final class Writing extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      Request.addCompletionListener(
          request,
          failure -> {
            ended.set(failure);
            done.countDown();
          });
      byte[] content = new byte[SIZE];
      content[SIZE - 1] = 'z';
      try {
        Content.Sink.write(response, true, ByteBuffer.wrap(content));
        written.countDown();
        callback.succeeded();
      } catch (IOException e) {
        callback.failed(e);
      }
      return true;
    }
  }

  private void start(MemoryBudget budget, Duration partLimit) throws Exception {
    server =
        new JettyServer(
            new DetachedResponses(new Writing(), budget, partLimit, Duration.ZERO), c -> {});
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  @Test
  void theRouteIsDoneBeforeItsClientHasReadAndTheClientGetsEveryByte() throws Exception {
    MemoryBudget budget = new MemoryBudget(2 * SIZE);
    start(budget, LONG);
    Socket client = server.client();
    JettyServer.ask(client);

    assertThat(written.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(done.getCount()).isEqualTo(1);
    assertThat(budget.used()).isPositive();
    Answer answer = RawHttp.read(client.getInputStream());

    assertThat(answer.header("Content-Length")).contains(Integer.toString(SIZE));
    assertThat(answer.body()).hasSize(SIZE).endsWith('z');
    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(ended.get()).isNull();
    assertThat(budget.used()).isZero();
  }

  @Test
  void aClientThatDoesNotReadIsCutOff() throws Exception {
    MemoryBudget budget = new MemoryBudget(2 * SIZE);
    start(budget, Duration.ofMillis(200));
    JettyServer.ask(server.client());

    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(ended.get()).isNotNull();
    assertThat(budget.used()).isZero();
    await().until(() -> server.connections() == 0);
  }

  @Test
  void whenTheMemoryIsUsedUpTheOldestThatDoesNotReadIsCutOff() throws Exception {
    start(new MemoryBudget(SIZE + SIZE / 2), LONG);
    JettyServer.ask(server.client());
    assertThat(written.await(30, TimeUnit.SECONDS)).isTrue();
    Socket next = server.client();

    JettyServer.ask(next);

    assertThat(done.await(30, TimeUnit.SECONDS)).isTrue();
    assertThat(ended.get()).as("how the first ended").isNotNull();
    assertThat(RawHttp.read(next.getInputStream()).body()).hasSize(SIZE);
  }
}
