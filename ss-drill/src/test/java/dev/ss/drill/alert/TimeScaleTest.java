package dev.ss.drill.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The shipped files are what is drilled: nothing but times may differ. */
class TimeScaleTest {
  private static final Path SHIPPED = Path.of("../ops/prometheus");
  private static final Pattern DURATION = Pattern.compile("\\b\\d+(ms|s|m|h|d)\\b");

  private final TimeScale scale = new TimeScale(20, 5);

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "for: 5m; for: 15000ms",
        "evaluation_interval: 15s; evaluation_interval: 750ms",
        "scrape_interval: 5s # not above; scrape_interval: 1000ms # not above",
        "rate(a[5m]) > 300; rate(a[15000ms]) > 300",
        "max_over_time(a[1h:1m] offset 30m); max_over_time(a[180000ms:3000ms] offset 90000ms)",
        "a:rate5m > 14.4; a:rate5m > 14.4",
        "increase(a[1h30m]); increase(a[270000ms])",
        "3600 * avg_over_time(a[1h]); 180.0 * avg_over_time(a[180000ms])",
        "time() - max(a_timestamp_seconds) < 3600; time() - max(a_timestamp_seconds) < 180.0",
        "which waits for 5m; which waits for 5m"
      })
  void timesAndNothingElseBecomeShorter(String shipped, String scaled) {
    assertThat(scale.text(shipped)).isEqualTo(scaled);
  }

  @Test
  void thresholdsThatAreTimesBecomeShorterAndOthersDoNot() throws Exception {
    String thresholds = scale.text(Files.readString(SHIPPED.resolve("rules/thresholds.yml")));

    assertThat(thresholds)
        .contains("oldest_ready_age_seconds\n        expr: vector(90.0)")
        .contains("schedule_delay_seconds\n        expr: vector(6.0)")
        .contains("heartbeat_age_seconds\n        expr: vector(4.0)")
        .contains("clock_offset_seconds\n        expr: vector(2)")
        .contains("job_failure_ratio\n        expr: vector(0.2)");
  }

  @Test
  void theShippedRulesAreTheSameButForTheirTimes() throws Exception {
    scale.copy(SHIPPED, directory);

    for (String file : List.of("alerts.yml", "recording.yml", "job-objectives.yml")) {
      String shipped = Files.readString(SHIPPED.resolve("rules").resolve(file));
      String scaled = Files.readString(directory.resolve("rules").resolve(file));
      assertThat(scaled).isNotEqualTo(shipped);
      assertThat(withoutTimes(scaled)).isEqualTo(withoutTimes(shipped));
      assertThat(scaled).doesNotContainPattern("(\\[|for: |offset )\\d+[smhd]\\b");
    }
  }

  private static String withoutTimes(String text) {
    return DURATION
        .matcher(text)
        .replaceAll("TIME")
        .replaceAll(
            "\\b[0-9.]+(?= \\* avg_over_time)|(?<=_timestamp_seconds\\) < )[0-9.]+", "SECONDS");
  }
}
