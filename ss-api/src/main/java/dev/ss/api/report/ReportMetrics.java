package dev.ss.api.report;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.Label;
import dev.ss.metrics.Catalogue;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reports as metrics what the last report has found. */
public final class ReportMetrics {
  private ReportMetrics() {}

  /** Registers one series for each code. */
  public static void register(BridgeRegistry registry, Reporter reporter) {
    Label<FindingCode> label = Label.ofEnum("code", FindingCode.class);
    for (FindingCode code : FindingCode.values()) {
      registry.read(
          Catalogue.REPORT_FINDINGS.spec(), () -> value(reporter.last(), code), label.is(code));
    }
  }

  /**
   * Returns null, which makes the series absent, for findings that need a recent snapshot while
   * there is none; that there is none is a finding itself.
   */
  private static @Nullable Number value(Optional<Report> last, FindingCode code) {
    if (last.isEmpty()) {
      return code == FindingCode.SNAPSHOT_STALE ? 1 : null;
    }
    Report report = last.get();
    if (code.needsSnapshot() && report.countedAt().isEmpty()) {
      return null;
    }
    return report.judgement().findings().stream().anyMatch(each -> each.code() == code) ? 1 : 0;
  }
}
