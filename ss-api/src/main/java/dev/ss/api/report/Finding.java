package dev.ss.api.report;

import java.util.Comparator;
import java.util.Map;
import java.util.Optional;

/**
 * Something that the report has found.
 *
 * @param severity how bad it is
 * @param jobType the job type that it is about, if it is about one
 * @param summary one sentence
 * @param evidence the numbers that it follows from, by name
 */
public record Finding(
    FindingCode code,
    Verdict severity,
    Optional<String> jobType,
    String summary,
    Map<String, Number> evidence) {

  /** The order of a report: what matters most comes first. */
  static final Comparator<Finding> ORDER =
      Comparator.comparing(Finding::severity)
          .reversed()
          .thenComparing(Finding::code)
          .thenComparing(finding -> finding.jobType().orElse(""));

  /** A headline. */
  String title() {
    return jobType.map(type -> code.title().formatted(type)).orElse(code.title());
  }

  /** A finding about no job type in particular. */
  static Finding of(
      FindingCode code, Verdict severity, String summary, Map<String, Number> evidence) {
    return new Finding(code, severity, Optional.empty(), summary, evidence);
  }

  /** A finding about a job type. */
  static Finding ofType(
      FindingCode code,
      Verdict severity,
      String jobType,
      String summary,
      Map<String, Number> evidence) {
    return new Finding(code, severity, Optional.of(jobType), summary, evidence);
  }
}
