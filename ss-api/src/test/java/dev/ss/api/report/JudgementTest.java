package dev.ss.api.report;

import static dev.ss.job.LastAttempt.Result.FAILED;
import static dev.ss.job.LastAttempt.Result.OPEN;
import static dev.ss.job.LastAttempt.Result.SUCCEEDED;
import static dev.ss.job.LastAttempt.Result.TO_BE_REPEATED;
import static dev.ss.job.QueueState.READY;
import static dev.ss.job.QueueState.RUNNING;
import static dev.ss.job.QueueState.SCHEDULED;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.api.report.Judgement.AreaJudgement;
import dev.ss.testkit.repository.Repository;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class JudgementTest {
  /** A situation, what the report says of it, and which findings it names. */
  static List<Arguments> situations() {
    return List.of(
        situation("idle and healthy", facts().worker(), "ok"),
        situation(
            "busy and healthy",
            facts()
                .worker("w", false, 4, 4, 2, "report", "resize")
                .jobs("resize", READY, 20, 3)
                .jobs("resize", RUNNING, 4, 2)
                .attempts("resize", SUCCEEDED, 50, 1),
            "ok"),
        situation(
            "a single failed job among many",
            facts().worker().attempts("resize", FAILED, 1, 1).attempts("resize", SUCCEEDED, 40, 2),
            "ok"),
        situation(
            "recovered from many failures",
            facts()
                .worker()
                .attempts("resize", SUCCEEDED, 10, 1)
                .attempts("resize", FAILED, 60, 20),
            "ok"),
        situation(
            "a paused type has a backlog that stands",
            facts().worker().paused("resize").jobs("resize", READY, 20, 300),
            "warn",
            "job_type_paused:resize"),
        situation("a paused type has no jobs", facts().worker().paused("resize"), "ok"),
        situation(
            "everything fails",
            facts().worker().attempts("resize", FAILED, 6, 1).attempts("report", FAILED, 3, 1),
            "bad",
            "everything_failing",
            "job_type_failing:report",
            "job_type_failing:resize"),
        situation(
            "one type of several fails",
            facts().worker().attempts("resize", FAILED, 6, 1).attempts("report", SUCCEEDED, 3, 1),
            "bad",
            "job_type_failing:resize"),
        situation(
            "a type fails whose failures are followed by those of another's successes",
            facts()
                .worker()
                .attempts("resize", FAILED, 5, 60)
                .attempts("resize", SUCCEEDED, 90, 70)
                .attempts("report", SUCCEEDED, 90, 1),
            "bad",
            "job_type_failing:resize"),
        situation(
            "the only job failed",
            facts().worker().attempts("resize", FAILED, 1, 1),
            "warn",
            "job_type_failing:resize"),
        situation(
            "the newest jobs failed hours ago",
            facts()
                .worker()
                .attempts("resize", FAILED, 6, 9000)
                .attempts("report", SUCCEEDED, 1, 1),
            "warn",
            "job_type_failing:resize"),
        situation(
            "jobs fail and wait for their retry",
            facts()
                .worker()
                .attempts("resize", TO_BE_REPEATED, 6, 1)
                .attempts("report", SUCCEEDED, 6, 1),
            "bad",
            "job_type_retrying:resize"),
        situation(
            "a type fails often",
            facts()
                .worker()
                .attempts("resize", SUCCEEDED, 2, 1)
                .attempts("resize", FAILED, 10, 3)
                .attempts("resize", SUCCEEDED, 30, 20),
            "warn",
            "job_type_failing_often:resize"),
        situation(
            "a type without jobs is not served",
            facts().worker("w", false, 4, 0, 2, "resize"),
            "warn",
            "job_type_unserved:report"),
        situation(
            "a type with waiting jobs is not served",
            facts().worker("w", false, 4, 0, 2, "resize").jobs("report", READY, 2, 90),
            "bad",
            "job_type_unserved:report"),
        situation(
            "jobs of a type that is no more wait",
            facts().worker().jobs("former", READY, 1, 90),
            "bad",
            "job_type_unserved:former"),
        situation("no worker at all", facts(), "bad", "no_worker"),
        situation(
            "all workers stale",
            facts().worker("w", false, 4, 0, 21, "report", "resize"),
            "bad",
            "workers_stale"),
        situation(
            "all workers draining",
            facts().worker("w", true, 4, 2, 2, "report", "resize"),
            "bad",
            "workers_draining"),
        situation(
            "the live worker drains, another is stale",
            facts().worker("v", true, 4, 2, 2, "report").worker("w", false, 4, 2, 99, "resize"),
            "bad",
            "workers_draining"),
        situation(
            "one of two workers is stale",
            facts().worker().worker("x", false, 4, 0, 21, "resize"),
            "warn",
            "worker_silent"),
        situation(
            "the database is away, the last count is recent",
            facts().worker().process(process(true, Duration.ZERO, 0, 0, 0, 0)),
            "bad",
            "database_away"),
        situation(
            "the database is away for longer",
            facts()
                .worker()
                .snapshotAge(Duration.ofSeconds(16))
                .process(process(true, Duration.ZERO, 0, 0, 0, 0)),
            "bad",
            "database_away",
            "snapshot_stale"),
        situation(
            "the snapshot is stale, whatever it says",
            facts().worker().attempts("resize", FAILED, 9, 1).snapshotAge(Duration.ofSeconds(16)),
            "unknown",
            "snapshot_stale"),
        situation(
            "never counted yet",
            facts().neverCounted(Duration.ofSeconds(1)),
            "unknown",
            "starting"),
        situation(
            "never counted for long",
            facts().neverCounted(Duration.ofSeconds(16)),
            "unknown",
            "snapshot_stale"),
        situation(
            "a backlog that moves",
            facts()
                .worker("w", false, 4, 3, 2, "report", "resize")
                .jobs("resize", READY, 700, 300)
                .jobs("resize", RUNNING, 3, 2)
                .attempts("resize", OPEN, 3, 2),
            "ok",
            "backlog_moving:resize"),
        situation(
            "a backlog that moves and is too old",
            facts()
                .worker("w", false, 4, 3, 2, "report", "resize")
                .jobs("resize", READY, 800, 1900)
                .attempts("resize", OPEN, 3, 2),
            "warn",
            "backlog_old:resize"),
        situation(
            "a backlog that stands although slots are free",
            facts()
                .worker("w", false, 4, 1, 2, "report", "resize")
                .jobs("resize", READY, 8, 31)
                .attempts("resize", SUCCEEDED, 5, 40),
            "bad",
            "backlog_standing:resize"),
        situation(
            "all slots busy with long jobs",
            facts()
                .worker("w", false, 4, 4, 2, "report", "resize")
                .jobs("resize", READY, 8, 300)
                .jobs("resize", RUNNING, 4, 300)
                .attempts("resize", OPEN, 4, 280),
            "warn",
            "slots_busy:resize"),
        situation(
            "a type at its maxRunning with a backlog",
            facts()
                .worker("w", false, 4, 2, 2, "report", "resize")
                .jobs("report", READY, 8, 300)
                .jobs("report", RUNNING, 2, 300)
                .attempts("report", OPEN, 2, 280),
            "warn",
            "job_type_at_limit:report"),
        situation(
            "a schedule is due in a moment, and one was missed long ago",
            facts()
                .worker()
                .schedule("nightly", -50, Optional.empty())
                .schedule("hourly", 50, Optional.of(-3700L)),
            "ok"),
        situation(
            "two schedules are late",
            facts()
                .worker()
                .schedule("nightly", -70, Optional.empty())
                .schedule("hourly", -90, Optional.empty()),
            "bad",
            "schedule_late"),
        situation(
            "a schedule has missed runs",
            facts()
                .worker()
                .schedule("nightly", 50, Optional.of(-3500L))
                .schedule("hourly", 50, Optional.empty()),
            "warn",
            "schedule_missed"),
        situation(
            "queue near its limit",
            facts().worker().jobs("resize", SCHEDULED, 801, 0),
            "warn",
            "queue_near_limit"),
        situation(
            "queue full, submissions refused",
            facts()
                .worker()
                .jobs("resize", SCHEDULED, 1000, 0)
                .process(process(false, Duration.ZERO, 0, 7, 0, 0)),
            "bad",
            "queue_full"),
        situation(
            "clients refused for bad tokens",
            facts().worker().process(process(false, Duration.ZERO, 0, 0, 3, 0)),
            "warn",
            "tokens_refused"),
        situation(
            "strangers' hosts refused",
            facts().worker().process(process(false, Duration.ZERO, 0, 0, 0, 3)),
            "warn",
            "hosts_refused"),
        situation(
            "some requests answered 5xx",
            facts().worker().process(process(false, Duration.ZERO, 5, 0, 0, 0)),
            "warn",
            "requests_failing"),
        situation(
            "most requests answered 5xx",
            facts().worker().process(process(false, Duration.ZERO, 60, 0, 0, 0)),
            "bad",
            "requests_failing"),
        situation(
            "clocks apart",
            facts().worker().process(process(false, Duration.ofSeconds(-3), 0, 0, 0, 0)),
            "warn",
            "clocks_apart"),
        situation(
            "threads wait for connections",
            facts().worker().process(new ProcessFacts(false, Optional.empty(), 2, 100, 0, 0, 0, 0)),
            "warn",
            "pool_exhausted"),
        situation(
            "work that waits for later, and one refusal",
            facts()
                .worker()
                .jobs("resize", SCHEDULED, 5, 0)
                .process(process(false, Duration.ofSeconds(1), 2, 0, 2, 2)),
            "ok"));
  }

  private static FactsBuilder facts() {
    return new FactsBuilder();
  }

  private static ProcessFacts process(
      boolean away, Duration offset, long failed, long full, long tokens, long hosts) {
    return new ProcessFacts(away, Optional.of(offset), 0, 100, failed, full, tokens, hosts);
  }

  private static Arguments situation(
      String name, FactsBuilder facts, String verdict, String... findings) {
    return Arguments.of(name, facts.build(), verdict, List.of(findings));
  }

  @ParameterizedTest(name = "{0}: {2} {3}")
  @MethodSource("situations")
  void aSituationIsSaidAsWhatItIs(String name, Facts facts, String verdict, List<String> findings) {
    Judgement judgement = Judgement.of(facts);

    assertThat(judgement.findings().stream().map(JudgementTest::named))
        .containsExactlyInAnyOrderElementsOf(findings);
    assertThat(judgement.verdict().wireName()).isEqualTo(verdict);
    assertThat(judgement.title().equals("Healthy")).isEqualTo(verdict.equals("ok"));
    assertThat(judgement.findings())
        .allSatisfy(
            finding -> {
              assertThat(finding.summary()).endsWith(".").doesNotContain("%s", "%d");
              assertThat(finding.evidence().keySet()).allMatch(key -> key.matches("[a-z_]+"));
            });
  }

  private static String named(Finding finding) {
    return finding.code().wireName() + finding.jobType().map(type -> ":" + type).orElse("");
  }

  @Test
  void everyCodeIsTheResultOfSomeSituation() {
    assertThat(
            situations().stream()
                .map(situation -> (Facts) situation.get()[1])
                .flatMap(facts -> Judgement.of(facts).findings().stream())
                .map(Finding::code))
        .contains(FindingCode.values());
  }

  @Test
  void anAreaIsAsBadAsTheWorstOfItsFindings() {
    Judgement judgement = Judgement.of(facts().worker().attempts("resize", FAILED, 6, 1).build());

    assertThat(judgement.areas())
        .extracting(area -> area.area().wireName() + " " + area.verdict().wireName())
        .containsExactly("flow ok", "execution bad", "liveness ok", "access ok");
    assertThat(judgement.title()).isEqualTo("Every job fails");
  }

  @Test
  void ofSeveralLateSchedulesTheLatestIsNamed() {
    Judgement judgement =
        Judgement.of(
            facts()
                .worker()
                .schedule("nightly", -70, Optional.empty())
                .schedule("hourly", -90, Optional.empty())
                .build());

    assertThat(judgement.findings())
        .extracting(Finding::summary)
        .containsExactly(
            "Schedule hourly was due 1 min 30 s ago and has made no job, and another.");
  }

  @Test
  void withoutARecentCountOnlyWhatTheProcessKnowsIsKnown() {
    Judgement judgement = Judgement.of(facts().neverCounted(Duration.ofSeconds(1)).build());

    assertThat(judgement.areas())
        .extracting(AreaJudgement::verdict)
        .containsExactly(Verdict.UNKNOWN, Verdict.UNKNOWN, Verdict.UNKNOWN, Verdict.OK);
  }

  @Test
  void whatMattersMostComesFirst() {
    Judgement judgement =
        Judgement.of(
            facts()
                .worker("w", false, 4, 1, 2, "resize")
                .jobs("resize", READY, 8, 31)
                .attempts("resize", FAILED, 6, 100)
                .build());

    assertThat(judgement.findings().stream().map(JudgementTest::named))
        .containsExactly(
            "everything_failing",
            "job_type_failing:resize",
            "backlog_standing:resize",
            "job_type_unserved:report");
  }

  @ParameterizedTest
  @EnumSource(FindingCode.class)
  void everyCodeIsInTheDocumentOfTheApi(FindingCode code) {
    assertThat(Repository.root().resolve("docs/api.md"))
        .content()
        .contains("`%s`".formatted(code.wireName()));
  }

  @ParameterizedTest
  @EnumSource(FindingCode.class)
  void everyCodeHasARunbookInTheJar(FindingCode code) {
    assertThat(code.runbook()).matches("/runbooks/Ss[A-Za-z]+\\.md");
    assertThat(getClass().getResource("/dev/ss/api/page" + code.runbook())).isNotNull();
  }
}
