package dev.ss.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.api.support.ApiServerExtension;
import dev.ss.testkit.client.Http;
import dev.ss.testkit.exposition.Scrape;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Whatever clients send, the number of series stays what it is. {@code -Dhostile.requests=30000
 * -Dhostile.seed=7} sends more, and others.
 */
class HostileRequestsTest {
  @RegisterExtension static final ApiServerExtension API = new ApiServerExtension();

  private static final int REQUESTS = Integer.getInteger("hostile.requests", 1_000);
  private static final long SEED = Long.getLong("hostile.seed", 0);
  private static final int CLIENTS = 4;
  private static final String FAMILY = "ss_http_requests_total";

  @Test
  void theyAddAHandfulOfSeries() throws InterruptedException {
    Scrape before = API.scrape();
    ExecutorService clients = Executors.newFixedThreadPool(CLIENTS);
    for (int i = 0; i < CLIENTS; i++) {
      Random random = new Random(SEED * CLIENTS + i);
      clients.execute(
          () -> {
            for (int n = 0; n < REQUESTS / CLIENTS; n++) {
              sendAndExpectNothing(API.http(), random);
            }
          });
    }
    clients.shutdown();
    assertThat(clients.awaitTermination(10, TimeUnit.MINUTES)).isTrue();

    Scrape after = API.scrape();
    assertThat(after.grownSince(before, FAMILY).values().stream().mapToDouble(n -> n).sum())
        .as("but for those sent into a connection that was just being closed")
        .isGreaterThan(REQUESTS * .99);
    assertThat(after.named(FAMILY).size() - before.named(FAMILY).size()).isLessThan(20);
    assertThat(after.text()).doesNotContain("hostile");
  }

  /** Jetty may close the connection on what it refuses, before all of it has been sent. */
  private static void sendAndExpectNothing(Http http, Random random) {
    try {
      send(http, random);
    } catch (UncheckedIOException closed) {
      assertThat(closed).hasCauseInstanceOf(IOException.class);
    }
  }

  private static void send(Http http, Random random) {
    String path = "/hostile" + text(random, random.nextInt(10) == 0 ? 1000 : 20);
    switch (random.nextInt(4)) {
      case 0 -> http.get(path);
      case 1 -> http.method("HOSTILE" + random.nextInt(1_000_000), path);
      case 2 -> http.get("/v1/jobs/" + path.substring(1));
      default -> http.get("/v1/jobs?" + path.substring(1), "X-Hostile", ascii(random));
    }
  }

  /** Of the whole of Unicode but for surrogates, percent-encoded; a thousand make about 9 kB. */
  private static String text(Random random, int length) {
    StringBuilder text = new StringBuilder();
    random.ints(length, 0x20, 0xd800).forEach(text::appendCodePoint);
    return URLEncoder.encode(text.toString(), StandardCharsets.UTF_8);
  }

  private static String ascii(Random random) {
    return random
        .ints(random.nextInt(8000) + 1, 0x21, 0x7f)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
