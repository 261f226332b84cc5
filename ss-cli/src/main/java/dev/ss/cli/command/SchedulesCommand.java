package dev.ss.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.cli.text.Table;
import dev.ss.cli.text.Times;
import picocli.CommandLine.Command;

/** {@code ss schedules}. */
@Command(
    name = "schedules",
    description = "List the schedules, when they are due and what they missed.")
public final class SchedulesCommand extends TableCommand {
  public SchedulesCommand(Context context) {
    super(context, "/v1/schedules");
  }

  @Override
  Table table(JsonNode answer) {
    Times times = times();
    Table table =
        new Table("SCHEDULE", "TYPE", "CRON", "ZONE", "NEXT", "LAST DUE", "LAST SUCCESS", "MISSED");
    for (JsonNode schedule : answer.path("schedules")) {
      table.row(
          schedule.path("name"),
          schedule.path("job_type"),
          schedule.path("cron"),
          schedule.path("zone"),
          times.ago(schedule.path("next_at")),
          times.ago(schedule.path("last_due_at")),
          times.ago(schedule.path("last_success_at")),
          schedule.path("missed"));
    }
    return table;
  }
}
