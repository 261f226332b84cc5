package dev.ss.api.report;

import static dev.ss.api.report.FindingCode.JOB_TYPE_FAILING;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.api.report.Report.Lasting;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FirstFoundTest {
  private static final Instant FIRST = Instant.ofEpochSecond(100);
  private static final Instant LATER = FIRST.plusSeconds(9);

  private final FirstFound found = new FirstFound();

  private static Finding failing(String jobType, Verdict severity) {
    return Finding.ofType(JOB_TYPE_FAILING, severity, jobType, "It fails.", Map.of());
  }

  @Test
  void aFindingThatLastsKeepsItsTimeHoweverBadItGets() {
    found.take(List.of(failing("report", Verdict.WARN)), FIRST);

    assertThat(
            found.take(
                List.of(failing("report", Verdict.BAD), failing("resize", Verdict.BAD)), LATER))
        .extracting(Lasting::since)
        .containsExactly(FIRST, LATER);
  }

  @Test
  void aFindingThatComesBackIsNew() {
    found.take(List.of(failing("report", Verdict.BAD)), FIRST);
    found.take(List.of(), LATER);

    assertThat(found.take(List.of(failing("report", Verdict.BAD)), LATER.plusSeconds(1)))
        .extracting(Lasting::since)
        .containsExactly(LATER.plusSeconds(1));
  }
}
