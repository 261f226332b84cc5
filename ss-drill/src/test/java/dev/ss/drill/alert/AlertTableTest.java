package dev.ss.drill.alert;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is expected, allowed and wrong, and how it is told. */
class AlertTableTest {
  private static final AlertName DOWN = AlertName.of("SsWorkerDown");
  private static final AlertName BURN = AlertName.of("SsErrorBudgetBurn 6");
  private static final AlertName OTHER = AlertName.of("SsErrorBudgetBurn 14.4");

  private final Fault fault =
      new Fault(
          "killed",
          "killed; started",
          Map.of(),
          load -> {},
          List.of(DOWN),
          List.of(),
          List.of(BURN),
          service -> () -> {});

  @Test
  void whatIsNeitherExpectedNorAllowedIsWrong() {
    assertThat(fault.wrong(Set.of(DOWN, BURN, OTHER))).containsExactly(OTHER);
  }

  @Test
  void anAlertThatIsOnlyPendingHasNotBeenHeard() {
    assertThat(Sighting.NONE.seen(false, false, 1).hasBeenHeard()).isFalse();
    assertThat(Sighting.NONE.seen(true, false, 1).hasBeenHeard()).isTrue();
    assertThat(Sighting.NONE.seen(true, false, 1).hasFired()).isFalse();
    assertThat(Sighting.NONE.seen(true, false, 1).seen(false, true, 2).hasFired()).isTrue();
  }

  @Test
  void aLineSaysWhenAnAlertCameAndWentAndADrillsVerdictIsSaidOnce() {
    Sighting came = Sighting.NONE.seen(false, false, 3).seen(true, false, 33).seen(true, true, 34);
    AlertReport report =
        new AlertReport(
            fault.name(),
            fault.done(),
            40,
            Set.of(BURN),
            List.of(
                new AlertReport.Row(DOWN, came.seen(true, true, 45), fault.duty(DOWN)),
                new AlertReport.Row(BURN, came, fault.duty(BURN))),
            "",
            List.of());

    assertThat(AlertTable.lines(report))
        .containsExactly(
            List.of(
                "killed", "killed; started", "SsWorkerDown", "3 s", "33 s", "34 s", "5 s", "good"),
            List.of(
                "",
                "",
                "SsErrorBudgetBurn 6 (allowed)",
                "3 s",
                "33 s",
                "34 s",
                "still there at the end",
                ""));
  }
}
