package dev.ss.api.report;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * What follows from facts.
 *
 * @param title a headline
 * @param findings what matters most comes first
 */
public record Judgement(
    Verdict verdict, String title, List<AreaJudgement> areas, List<Finding> findings) {

  /**
   * How one area is.
   *
   * @param summary one sentence
   * @param evidence the numbers of the area, by name
   */
  public record AreaJudgement(
      Area area, Verdict verdict, String summary, Map<String, Number> evidence) {}

  static Judgement of(Facts facts) {
    List<Finding> findings =
        Stream.of(
                FreshnessRules.of(facts),
                LivenessRules.of(facts),
                ExecutionRules.of(facts),
                FlowRules.of(facts),
                ScheduleRules.of(facts),
                AccessRules.of(facts))
            .flatMap(List::stream)
            .sorted(Finding.ORDER)
            .toList();
    List<AreaJudgement> areas =
        Arrays.stream(Area.values()).map(area -> of(area, facts, findings)).toList();
    return new Judgement(
        Verdict.worst(areas.stream().map(AreaJudgement::verdict)),
        findings.stream()
            .filter(finding -> finding.severity() != Verdict.OK)
            .findFirst()
            .map(Finding::title)
            .orElse("Healthy"),
        areas,
        findings);
  }

  private static AreaJudgement of(Area area, Facts facts, List<Finding> findings) {
    List<Finding> own = findings.stream().filter(each -> each.code().area() == area).toList();
    boolean known = area == Area.ACCESS || facts.current().isPresent();
    Verdict verdict =
        Verdict.worst(
            Stream.concat(
                own.stream().map(Finding::severity),
                known ? Stream.empty() : Stream.of(Verdict.UNKNOWN)));
    return new AreaJudgement(
        area,
        verdict,
        own.stream().map(Finding::summary).findFirst().orElseGet(() -> summary(area, facts)),
        evidence(area, facts));
  }

  private static String summary(Area area, Facts facts) {
    if (area == Area.ACCESS) {
      return AccessRules.summary(facts);
    }
    return facts
        .current()
        .map(
            snapshot ->
                switch (area) {
                  case FLOW -> FlowRules.summary(snapshot);
                  case EXECUTION -> ExecutionRules.summary(snapshot);
                  default -> LivenessRules.summary(snapshot);
                })
        .orElse("Nobody can tell without a recent count.");
  }

  private static Map<String, Number> evidence(Area area, Facts facts) {
    return switch (area) {
      case FLOW -> FlowRules.evidence(facts);
      case EXECUTION -> ExecutionRules.evidence(facts);
      case LIVENESS -> LivenessRules.evidence(facts);
      case ACCESS -> AccessRules.evidence(facts);
    };
  }
}
