package dev.ss.cli.follow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.cli.api.Api;
import dev.ss.cli.api.Failure;
import dev.ss.cli.api.Patience;
import dev.ss.cli.fake.FakeSs;
import dev.ss.cli.fake.FollowedLog;
import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FollowerTest {
  private static final String LOG = "/v1/jobs/" + FakeSs.JOB_ID + "/log";

  private final FakeSs ss = new FakeSs();
  private final Heard heard = new Heard();

  @AfterEach
  void stop() {
    ss.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyByteComesOnceAndInOrderHoweverOftenTheConnectionBreaks(long seed) {
    Random random = new Random(seed);
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    AtomicInteger answers = new AtomicInteger();
    FollowedLog log =
        FollowedLog.cut(
            () -> answers.incrementAndGet() > 25 ? Integer.MAX_VALUE : random.nextInt(6000));
    for (int run = 1; run <= 3; run++) {
      log.attempt(run, 1);
      for (int i = 0; i < 30; i++) {
        byte[] bytes = new byte[1 + random.nextInt(900)];
        random.nextBytes(bytes);
        written.writeBytes(bytes);
        log.bytes(bytes);
      }
      log.gap(1000);
    }
    ss.on("GET " + LOG, log.end("failed", 3, "command_failed"));

    JsonNode end = follower(Duration.ofMinutes(5)).follow(LOG);

    assertThat(heard.bytes.toByteArray()).isEqualTo(written.toByteArray());
    assertThat(heard.runs).containsExactly(1, 2, 3);
    assertThat(heard.gaps).containsExactly(1000L, 1000L, 1000L);
    assertThat(end.path("exit_code").intValue()).isEqualTo(3);
    assertThat(answers.get()).isGreaterThan(5);
    assertThat(heard.away).isEqualTo(heard.back).isPositive();
  }

  @Test
  void whatAServerSendsAgainIsLeftOut() {
    FollowedLog log = FollowedLog.whole().attempt(1, 1).text("one ");
    log.attempt(1, 1).text("one two ").end("succeeded", 0, null);
    ss.on("GET " + LOG, log);

    follower(Duration.ofMinutes(5)).follow(LOG);

    assertThat(heard.bytes).hasToString("one two ");
    assertThat(heard.runs).containsExactly(1);
  }

  @Test
  void progressIsPassedOn() {
    ss.on(
        "GET " + LOG,
        FollowedLog.whole()
            .attempt(1, 1)
            .progress("0.42", "Reading rows")
            .progress("null", "Nearly done")
            .end("succeeded", 0, null));

    follower(Duration.ofMinutes(5)).follow(LOG);

    assertThat(heard.progress).containsExactly("0.42 Reading rows", "- Nearly done");
  }

  @Test
  void aServerThatIsBusyInBetweenIsAskedAgain() {
    AtomicInteger requests = new AtomicInteger();
    FollowedLog log =
        FollowedLog.cut(() -> requests.get() == 1 ? 200 : Integer.MAX_VALUE)
            .attempt(1, 1)
            .text("one ".repeat(100))
            .end("succeeded", 0, null);
    ss.on(
        "GET " + LOG,
        request -> {
          if (requests.incrementAndGet() == 2) {
            FakeSs.problem(503, "unavailable", "Stopping.", "Retry-After", "1").answer(request);
          } else {
            log.answer(request);
          }
        });

    follower(Duration.ofMinutes(5)).follow(LOG);

    assertThat(heard.bytes).hasToString("one ".repeat(100));
    assertThat(heard.pauses).contains(Duration.ofSeconds(1));
  }

  @Test
  void aServerThatStaysAwayIsGivenUp() {
    FollowedLog log = FollowedLog.cut(() -> 150).attempt(1, 1).text("one").text("two");
    ss.on("GET " + LOG, log);

    assertThatThrownBy(() -> follower(Duration.ZERO).follow(LOG))
        .isInstanceOf(Failure.class)
        .hasMessageContaining("ended the connection");
  }

  @Test
  void aJobThatIsNotThereIsNotWaitedFor() {
    ss.on("GET " + LOG, FakeSs.problem(404, "job_not_found", "There is no such job."));

    assertThatThrownBy(() -> follower(Duration.ofMinutes(5)).follow(LOG))
        .hasMessage("There is no such job.");
    assertThat(ss.lines()).hasSize(1);
  }

  @Test
  void nobodyWhoHasNeverAnsweredIsWaitedFor() {
    ss.close();

    assertThatThrownBy(() -> follower(Duration.ofMinutes(5)).follow(LOG))
        .hasMessageContaining("nothing answers at");
    assertThat(heard.pauses).isEmpty();
  }

  private Follower follower(Duration limit) {
    Patience patience = new Patience(() -> 0, heard.pauses::add, limit);
    return new Follower(new Api(ss.uri(), Optional.empty()), patience, heard);
  }

  private static final class Heard implements FollowListener {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final List<Integer> runs = new ArrayList<>();
    private final List<Long> gaps = new ArrayList<>();
    private final List<String> progress = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private int away;
    private int back;

    @Override
    public void began(int run, int attempt, String workerId) {
      runs.add(run);
    }

    @Override
    public void bytes(byte[] some) {
      bytes.writeBytes(some);
    }

    @Override
    public void gap(long size) {
      gaps.add(size);
    }

    @Override
    public void progress(Optional<Double> part, Optional<String> message) {
      progress.add(part.map(String::valueOf).orElse("-") + " " + message.orElse("-"));
    }

    @Override
    public void away(String why) {
      away++;
    }

    @Override
    public void back() {
      back++;
    }
  }
}
