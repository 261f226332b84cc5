package dev.ss.api.report;

import dev.ss.api.report.Report.Lasting;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Remembers since when a finding lasts. */
final class FirstFound {
  private Map<Key, Instant> since = Map.of();

  private record Key(FindingCode code, Optional<String> jobType) {
    static Key of(Finding finding) {
      return new Key(finding.code(), finding.jobType());
    }
  }

  /** Takes in the findings of a new report, and forgets those that it does not have. */
  List<Lasting> take(List<Finding> findings, Instant now) {
    Map<Key, Instant> still = new HashMap<>();
    findings.forEach(
        finding -> still.put(Key.of(finding), since.getOrDefault(Key.of(finding), now)));
    since = still;
    return findings.stream()
        .map(finding -> new Lasting(finding, still.getOrDefault(Key.of(finding), now)))
        .toList();
  }
}
