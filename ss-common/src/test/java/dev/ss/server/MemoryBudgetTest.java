package dev.ss.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
  private final MemoryBudget budget = new MemoryBudget(100);

  /** A holder that gives up or does not. */
  private static final class Client implements MemoryBudget.Holder {
    private boolean waits;
    private boolean gaveUp;

    static Client waiting() {
      Client client = new Client();
      client.waits = true;
      return client;
    }

    @Override
    public boolean giveUp() {
      gaveUp = waits;
      return waits;
    }
  }

  @Test
  void whatIsReleasedCanBeReservedAgain() {
    Client first = new Client();
    Client second = new Client();

    assertThat(budget.reserve(first, 60)).isTrue();
    assertThat(budget.reserve(second, 50)).isFalse();
    budget.release(first, 10);
    assertThat(budget.reserve(second, 50)).isTrue();
    budget.release(first);
    budget.release(second);

    assertThat(budget.used()).isZero();
  }

  @Test
  void theOldestThatWaitsForItsClientGivesWayAndNoMore() {
    Client busy = new Client();
    Client oldest = Client.waiting();
    Client later = Client.waiting();
    budget.reserve(busy, 30);
    budget.reserve(oldest, 30);
    budget.reserve(later, 30);

    assertThat(budget.reserve(new Client(), 20)).isTrue();

    assertThat(oldest.gaveUp).isTrue();
    assertThat(later.gaveUp).isFalse();
    assertThat(budget.used()).isEqualTo(80);
  }

  @Test
  void nobodyGivesWayToItself() {
    Client client = Client.waiting();
    budget.reserve(new Client(), 50);
    budget.reserve(client, 50);

    assertThat(budget.reserve(client, 1)).isFalse();
    assertThat(client.gaveUp).isFalse();
  }

  @Test
  void whoIsAloneGetsMoreThanThereIs() {
    Client client = new Client();

    assertThat(budget.reserve(client, 90)).isTrue();
    assertThat(budget.reserve(client, 90)).isTrue();
    assertThat(budget.reserve(new Client(), 1)).isFalse();
  }
}
