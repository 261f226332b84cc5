package dev.ss.api.http;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import dev.ss.api.access.Roles;
import dev.ss.api.report.Judgement.AreaJudgement;
import dev.ss.api.report.Report;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Answers with the verdict on SS. */
@Path("/v1/report")
@Produces(MediaType.APPLICATION_JSON)
public final class ReportResource {
  private final Supplier<Report> reports;

  public ReportResource(Supplier<Report> reports) {
    this.reports = reports;
  }

  /**
   * The body of the answer.
   *
   * @param countedAt when the database was read; null if that was never, or too long ago
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record ReportView(
      String verdict,
      String title,
      String asOf,
      @Nullable String countedAt,
      List<AreaView> areas,
      List<FindingView> findings) {}

  /** One area and its numbers. */
  record AreaView(String area, String verdict, String summary, Map<String, Number> evidence) {
    static AreaView of(AreaJudgement area) {
      return new AreaView(
          area.area().wireName(), area.verdict().wireName(), area.summary(), area.evidence());
    }
  }

  /**
   * A finding.
   *
   * @param jobType null if it is about none in particular
   * @param runbook a path at this API
   */
  @JsonNaming(SnakeCaseStrategy.class)
  record FindingView(
      String code,
      String area,
      String severity,
      @Nullable String jobType,
      String summary,
      Map<String, Number> evidence,
      String since,
      String runbook) {

    static FindingView of(Report.Lasting lasting) {
      var finding = lasting.finding();
      return new FindingView(
          finding.code().wireName(),
          finding.code().area().wireName(),
          finding.severity().wireName(),
          finding.jobType().orElse(null),
          finding.summary(),
          finding.evidence(),
          Times.text(lasting.since()),
          finding.code().runbook());
    }
  }

  /** Reports from what is in memory. */
  @GET
  @RolesAllowed(Roles.READ)
  public ReportView report() {
    Report report = reports.get();
    return new ReportView(
        report.judgement().verdict().wireName(),
        report.judgement().title(),
        Times.text(report.asOf()),
        report.countedAt().map(Times::text).orElse(null),
        report.judgement().areas().stream().map(AreaView::of).toList(),
        report.lasting().stream().map(FindingView::of).toList());
  }
}
