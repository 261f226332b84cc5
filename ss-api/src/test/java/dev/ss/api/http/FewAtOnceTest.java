package dev.ss.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.ss.testkit.client.Answer;
import dev.ss.testkit.client.Http;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.Callback;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class FewAtOnceTest {
  private static final int FEW = 2;
  private static final int LINE = 200;

  private final Queue<Callback> running = new ConcurrentLinkedQueue<>();
  private final Server server = new Server();
  private Http http;

  /** Takes requests for {@code /large} and does not end them; ends others at once. */
  private final class Routes extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      if (isLarge(request)) {
        running.add(callback);
      } else {
        callback.succeeded();
      }
      return true;
    }
  }

  private static boolean isLarge(Request request) {
    return Request.getPathInContext(request).equals("/large");
  }

  @BeforeEach
  void start() throws Exception {
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    server.setHandler(new FewAtOnce(new Routes(), FewAtOnceTest::isLarge, FEW));
    server.start();
    http = new Http(connector.getLocalPort());
  }

  @AfterEach
  void stop() throws Exception {
    server.stop();
  }

  private List<CompletableFuture<Answer>> ask(int count) {
    List<CompletableFuture<Answer>> answers = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      answers.add(http.getLater("/large"));
    }
    return answers;
  }

  private void endOne() {
    await().until(() -> !running.isEmpty());
    running.remove().succeeded();
  }

  @Test
  void oneIsLetInWhenAnotherIsDoneAndOthersPassBy() {
    List<CompletableFuture<Answer>> answers = ask(FEW + 3);
    await().until(() -> running.size() == FEW);

    assertThat(http.get("/small").status()).isEqualTo(200);
    await().during(Duration.ofMillis(100)).until(() -> running.size() == FEW);
    for (int i = 0; i < answers.size(); i++) {
      endOne();
    }

    assertThat(answers).allSatisfy(answer -> assertThat(answer.join().status()).isEqualTo(200));
  }

  @Test
  void whenTheLineIsFullTheNextIsRefused() {
    List<CompletableFuture<Answer>> answers = ask(FEW + LINE + 1);

    await().until(() -> answers.stream().anyMatch(CompletableFuture::isDone));
    for (int i = 0; i < FEW + LINE; i++) {
      endOne();
    }

    assertThat(answers.stream().map(answer -> answer.join().status()))
        .containsOnlyOnce(503)
        .contains(200);
  }
}
