package dev.ss.worker.maintain;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.store.LostJobs.Holder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A lease of 20 s, looked at every 5 s. */
class SilentHoldersTest {
  private static final Duration INTERVAL = Duration.ofSeconds(5);
  private static final Duration LEASE = Duration.ofSeconds(20);

  private final SilentHolders holders = new SilentHolders(LEASE, INTERVAL);
  private Duration now = Duration.ofDays(-1);

  private static Holder beatAt(int second) {
    return new Holder("w", Optional.of("instance"), Optional.of(Instant.ofEpochSecond(second)));
  }

  private List<Holder> lookAfter(Duration time, Holder... seen) {
    now = now.plus(time);
    return holders.look(List.of(seen), now.toNanos());
  }

  @Test
  void aWorkerThatIsSilentForAWholeLeaseIsLost() {
    lookAfter(INTERVAL, beatAt(1));
    for (int i = 0; i < 3; i++) {
      assertThat(lookAfter(INTERVAL, beatAt(1))).isEmpty();
    }

    assertThat(lookAfter(INTERVAL, beatAt(1))).containsExactly(beatAt(1));
  }

  @Test
  void eachSignOfLifeBeginsANewLease() {
    for (int second = 0; second < 30; second++) {
      assertThat(lookAfter(INTERVAL, beatAt(second))).isEmpty();
    }
  }

  @Test
  void aWorkerThatIsNotListedIsLostAfterALeaseToo() {
    Holder unlisted = new Holder("w", Optional.empty(), Optional.empty());
    for (int i = 0; i < 4; i++) {
      assertThat(lookAfter(INTERVAL, unlisted)).isEmpty();
    }

    assertThat(lookAfter(INTERVAL, unlisted)).containsExactly(unlisted);
  }

  @Test
  void afterAnOutageEveryWorkerHasAWholeLeaseAgain() {
    for (int i = 0; i < 4; i++) {
      lookAfter(INTERVAL, beatAt(1));
    }
    holders.interrupted();

    for (int i = 0; i < 4; i++) {
      assertThat(lookAfter(INTERVAL, beatAt(1))).isEmpty();
    }
    assertThat(lookAfter(INTERVAL, beatAt(1))).hasSize(1);
  }

  @Test
  void aProcessThatStoodStillCallsNobodyLost() {
    lookAfter(INTERVAL, beatAt(1));
    lookAfter(INTERVAL, beatAt(1));

    assertThat(lookAfter(LEASE.multipliedBy(3), beatAt(1))).isEmpty();
  }

  @Test
  void aWorkerThatHoldsNothingForAWhileBeginsAnew() {
    lookAfter(INTERVAL, beatAt(1));
    lookAfter(INTERVAL);
    for (int i = 0; i < 4; i++) {
      assertThat(lookAfter(INTERVAL, beatAt(1))).isEmpty();
    }
  }
}
