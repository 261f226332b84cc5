package dev.ss.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.cli.text.Table;
import dev.ss.cli.text.Times;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code ss workers}. */
@Command(name = "workers", description = "List the workers and how busy they are.")
public final class WorkersCommand extends TableCommand {
  public WorkersCommand(Context context) {
    super(context, "/v1/workers");
  }

  @Override
  Table table(JsonNode answer) {
    Times times = times();
    Table table = new Table("WORKER", "STATE", "HOST", "BUSY", "UP", "HEARTBEAT", "TYPES");
    for (JsonNode worker : answer.path("workers")) {
      List<String> types = new ArrayList<>();
      worker.path("job_types").forEach(type -> types.add(type.asText()));
      table.row(
          worker.path("worker_id"),
          worker.path("state"),
          worker.path("host"),
          worker.path("running_jobs").size() + "/" + worker.path("slots").asText(),
          times.ago(worker.path("started_at")).replace(" ago", ""),
          times.ago(worker.path("last_heartbeat_at")),
          String.join(",", types));
    }
    return table;
  }
}
