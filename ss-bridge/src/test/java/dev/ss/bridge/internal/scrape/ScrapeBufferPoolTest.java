package dev.ss.bridge.internal.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScrapeBufferPoolTest {
  private final ScrapeBufferPool bodies = new ScrapeBufferPool();

  @Test
  void theLastThatWasPutBackIsTakenFirst() {
    ScrapeBuffers one = bodies.take();
    ScrapeBuffers other = bodies.take();
    assertThat(other).isNotSameAs(one);

    bodies.putBack(one);
    bodies.putBack(other);

    assertThat(bodies.take()).isSameAs(other);
    assertThat(bodies.take()).isSameAs(one);
    assertThat(bodies.take()).isNotIn(one, other);
  }
}
