package dev.ss.bridge.internal.scrape;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BodiesTest {
  private final Bodies bodies = new Bodies();

  @Test
  void theLastThatWasPutBackIsTakenFirst() {
    Body one = bodies.take();
    Body other = bodies.take();
    assertThat(other).isNotSameAs(one);

    bodies.putBack(one);
    bodies.putBack(other);

    assertThat(bodies.take()).isSameAs(other);
    assertThat(bodies.take()).isSameAs(one);
    assertThat(bodies.take()).isNotIn(one, other);
  }
}
