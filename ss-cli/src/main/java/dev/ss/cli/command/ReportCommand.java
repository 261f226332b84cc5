package dev.ss.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.cli.api.ExitCode;
import dev.ss.cli.text.Colour;
import dev.ss.cli.text.Plain;
import dev.ss.cli.text.Times;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code ss report}. */
@Command(
    name = "report",
    description = {
      "Tell whether somebody has to do something, and why.",
      "Exits with 1 if the verdict is bad or unknown."
    })
public final class ReportCommand extends ApiCommand {
  @Option(names = "--json", description = "print the report as JSON")
  private boolean json;

  public ReportCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    JsonNode report = api().get("/v1/report");
    if (json) {
      printJson(report);
    } else {
      print(text(report));
    }
    return switch (report.path("verdict").asText()) {
      case "ok", "warn" -> ExitCode.OK;
      default -> ExitCode.FAILED;
    };
  }

  private String text(JsonNode report) {
    StringBuilder text = new StringBuilder();
    text.append(word(report.path("verdict")))
        .append("  ")
        .append(plain(report.path("title")))
        .append('\n');
    for (JsonNode area : report.path("areas")) {
      text.append(
          "  %-10s %s  %s\n"
              .formatted(
                  plain(area.path("area")),
                  word(area.path("verdict")),
                  plain(area.path("summary"))));
    }
    Times times = times();
    for (JsonNode finding : report.path("findings")) {
      text.append(
          "\n%s  %s\n      for %s; %s\n"
              .formatted(
                  word(finding.path("severity")),
                  plain(finding.path("summary")),
                  times.ago(finding.path("since")).replace(" ago", ""),
                  plain(finding.path("runbook"))));
    }
    return text.toString();
  }

  private String word(JsonNode verdict) {
    String word = plain(verdict);
    return context.terminal().coloured(Colour.of(word), "%-4s".formatted(word));
  }

  private static String plain(JsonNode text) {
    return Plain.text(text.asText());
  }
}
