package dev.ss.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.MetricsHandler;
import dev.ss.job.Attempt;
import dev.ss.job.JobState;
import dev.ss.job.JobType;
import dev.ss.job.Limits;
import dev.ss.job.Objectives;
import dev.ss.testkit.exposition.Scrape;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ObjectiveMetricsTest {
  private static final Instant DUE = Instant.parse("2024-03-05T10:00:00Z");

  private final BridgeRegistry registry = new BridgeRegistry();

  @Test
  void eachObjectiveIsCountedFromZeroAndNothingElse() {
    metrics(type("resize", promise(30, 600, true)), type("sort", promise(0, 0, true)), type("any"));

    assertThat(Scrape.of(new MetricsHandler(registry)).samples())
        .isEqualTo(
            Map.of(
                series("resize", "start", true), 0.0,
                series("resize", "start", false), 0.0,
                series("resize", "end", true), 0.0,
                series("resize", "end", false), 0.0,
                series("resize", "success", true), 0.0,
                series("resize", "success", false), 0.0,
                series("sort", "success", true), 0.0,
                series("sort", "success", false), 0.0));
  }

  @Test
  void aLimitThatIsJustKeptIsMet() {
    ObjectiveMetrics metrics = metrics(type("resize", promise(30, 600, true)));

    metrics.started(attempt("resize", Duration.ofSeconds(30)));
    metrics.completed(attempt("resize", Duration.ZERO), JobState.SUCCEEDED, Duration.ofMinutes(10));

    assertThat(count("resize", "start", true)).isEqualTo(1);
    assertThat(count("resize", "end", true)).isEqualTo(1);
    assertThat(count("resize", "success", true)).isEqualTo(1);
    assertThat(missed()).isZero();
  }

  @Test
  void aJobThatIsLateAndFailsMissesAll() {
    ObjectiveMetrics metrics = metrics(type("resize", promise(30, 600, true)));

    metrics.started(attempt("resize", Duration.ofMillis(30_001)));
    metrics.completed(
        attempt("resize", Duration.ZERO), JobState.FAILED, Duration.ofMillis(600_001));

    assertThat(count("resize", "start", false)).isEqualTo(1);
    assertThat(count("resize", "end", false)).isEqualTo(1);
    assertThat(count("resize", "success", false)).isEqualTo(1);
  }

  @Test
  void whatTheClientCancelledIsNotJudged() {
    ObjectiveMetrics metrics = metrics(type("resize", promise(30, 600, true)));

    metrics.completed(attempt("resize", Duration.ZERO), JobState.CANCELLED, Duration.ofDays(1));

    assertThat(missed()).isZero();
  }

  @Test
  void aJobOfATypeThatIsNoLongerConfiguredHasNoObjective() {
    ObjectiveMetrics metrics = metrics(type("resize", promise(30, 600, true)));

    metrics.started(attempt("retired", Duration.ofDays(1)));
    metrics.completed(attempt("retired", Duration.ZERO), JobState.FAILED, Duration.ofDays(1));

    assertThat(missed()).isZero();
  }

  private ObjectiveMetrics metrics(JobType... types) {
    return new ObjectiveMetrics(registry, List.of(types));
  }

  /** Zero seconds are no limit. */
  private static Objectives promise(long startWithin, long endWithin, boolean succeed) {
    return new Objectives(
        Optional.of(startWithin).filter(each -> each > 0).map(Duration::ofSeconds),
        Optional.of(endWithin).filter(each -> each > 0).map(Duration::ofSeconds),
        succeed,
        0.99);
  }

  private static JobType type(String name) {
    return type(name, Objectives.NONE);
  }

  private static JobType type(String name, Objectives objectives) {
    return new JobType(
        name, List.of("true"), Duration.ofMinutes(1), 3, Optional.empty(), Limits.NONE, objectives);
  }

  private static Attempt attempt(String jobType, Duration waited) {
    return new Attempt(
        new UUID(1, 2), jobType, 1, 1, 3, DUE, DUE, DUE.plus(waited), Optional.empty());
  }

  private double count(String jobType, String objective, boolean met) {
    return Scrape.of(new MetricsHandler(registry)).value(series(jobType, objective, met));
  }

  private double missed() {
    return Scrape.of(new MetricsHandler(registry)).sum("ss_job_objective_total", "met", "false");
  }

  private static String series(String jobType, String objective, boolean met) {
    return Scrape.series(
        "ss_job_objective_total",
        "job_type",
        jobType,
        "met",
        Boolean.toString(met),
        "objective",
        objective);
  }
}
