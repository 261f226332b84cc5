package dev.ss.worker.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.BridgeSettings;
import dev.ss.bridge.MetricsHandler;
import dev.ss.job.CpuTime;
import dev.ss.job.Output;
import dev.ss.job.Resources;
import dev.ss.job.RunResult;
import dev.ss.testkit.exposition.Scrape;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class CostMetricsTest {
  private static final RunResult RESULT =
      RunResult.exited(0, new Output(new byte[10], true, 5_000), new Output(new byte[3], false))
          .using(
              new Resources(
                  Optional.of(new CpuTime(Duration.ofMillis(1500), Duration.ofMillis(250))),
                  Optional.of(300L << 20),
                  true));

  private final BridgeRegistry registry =
      new BridgeRegistry(BridgeSettings.defaults().withoutEmptyHistograms());
  private final CostMetrics costs = new CostMetrics(registry, List.of("word-count"));

  private Scrape scrape() {
    return Scrape.of(new MetricsHandler(registry));
  }

  @Test
  void countersAreThereBeforeTheFirstRunAndHistogramsAreNot() {
    assertThat(scrape().samples().keySet())
        .containsExactlyInAnyOrder(
            "ss_job_output_truncated_total{job_type=\"word-count\",stream=\"output\"}",
            "ss_job_output_truncated_total{job_type=\"word-count\",stream=\"log\"}",
            "ss_job_run_cpu_seconds_total{job_type=\"word-count\",mode=\"user\"}",
            "ss_job_run_cpu_seconds_total{job_type=\"word-count\",mode=\"system\"}",
            "ss_job_run_cpu_seconds_total{job_type=\"_other\",mode=\"user\"}",
            "ss_job_run_cpu_seconds_total{job_type=\"_other\",mode=\"system\"}")
        .allSatisfy(series -> assertThat(scrape().value(series)).isZero());
  }

  @Test
  void whatAttemptsReadWriteAndUseIsAddedUp() {
    for (int i = 0; i < 2; i++) {
      costs.started("word-count", 1_000);
      costs.ended("word-count", RESULT);
    }

    assertThat(scrape().value(of("ss_job_run_cpu_seconds_total", ",mode=\"user\""))).isEqualTo(3);
    assertThat(scrape().value(of("ss_job_run_cpu_seconds_total", ",mode=\"system\"")))
        .isEqualTo(.5);
    assertThat(scrape().value(of("ss_job_run_peak_memory_bytes_sum", ""))).isEqualTo(600 << 20);
    assertThat(scrape().value(of("ss_job_input_bytes_sum", ""))).isEqualTo(2_000);
    assertThat(scrape().value(of("ss_job_output_bytes_sum", ",stream=\"output\"")))
        .isEqualTo(10_000);
    assertThat(scrape().value(of("ss_job_output_bytes_sum", ",stream=\"log\""))).isEqualTo(6);
    assertThat(scrape().value(of("ss_job_output_truncated_total", ",stream=\"output\"")))
        .isEqualTo(2);
    assertThat(scrape().value(of("ss_job_output_truncated_total", ",stream=\"log\""))).isZero();
  }

  private static String of(String name, String labels) {
    return name + "{job_type=\"word-count\"" + labels + "}";
  }

  @Test
  void theMemoryOfAnAttemptThatNobodyLookedAtIsNotZeroButUnknown() {
    costs.ended("word-count", RESULT.using(Resources.UNKNOWN));

    assertThat(scrape().named("ss_job_run_peak_memory_bytes_count")).isEmpty();
  }

  @Test
  void aJobOfATypeThatIsNoLongerConfiguredIsOther() {
    costs.started("retired", 7);
    costs.ended("retired", RESULT);

    assertThat(scrape().value("ss_job_input_bytes_sum{job_type=\"_other\"}")).isEqualTo(7);
    assertThat(scrape().value("ss_job_run_cpu_seconds_total{job_type=\"_other\",mode=\"user\"}"))
        .isEqualTo(1.5);
    assertThat(scrape().samples().keySet()).noneMatch(series -> series.contains("retired"));
  }
}
