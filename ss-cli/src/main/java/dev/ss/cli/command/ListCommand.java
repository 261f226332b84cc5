package dev.ss.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.ss.cli.api.Api;
import dev.ss.cli.api.ExitCode;
import dev.ss.cli.text.Table;
import dev.ss.cli.text.Times;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code ss ls}. */
@Command(name = "ls", description = "List jobs, newest first.")
public final class ListCommand extends ApiCommand {
  private static final int MAX_PAGE = 1000;

  @Mixin private FilterOptions filter = new FilterOptions();

  @Option(
      names = {"-n", "--limit"},
      paramLabel = "NUMBER",
      description = "at most so many; default: 20")
  private int limit = 20;

  @Option(names = "--oldest", description = "oldest first")
  private boolean oldest;

  @Option(names = "--json", description = "print the jobs as JSON")
  private boolean json;

  public ListCommand(Context context) {
    super(context);
  }

  @Override
  public Integer call() {
    if (limit < 1) {
      throw usage("--limit must be at least 1.");
    }
    ArrayNode jobs = JsonNodeFactory.instance.arrayNode();
    boolean more = fetch(api(), jobs);
    if (json) {
      ObjectNode answer = JsonNodeFactory.instance.objectNode();
      answer.set("jobs", jobs);
      printJson(answer);
    } else {
      print(table(jobs));
      if (more && context.terminal().out()) {
        context.err().println("ss: there are more; --limit shows them.");
      }
    }
    return ExitCode.OK;
  }

  /** Returns whether there are more. */
  private boolean fetch(Api api, ArrayNode jobs) {
    String cursor = null;
    while (true) {
      JsonNode page =
          api.get(
              filter
                  .on("/v1/jobs", times())
                  .with("order", oldest ? "oldest" : null)
                  .with("limit", Math.min(limit - jobs.size(), MAX_PAGE))
                  .with("cursor", cursor));
      page.path("jobs").forEach(jobs::add);
      cursor = page.path("next_cursor").textValue();
      if (cursor == null || jobs.size() >= limit) {
        return cursor != null;
      }
    }
  }

  private String table(JsonNode jobs) {
    Times times = times();
    Table table = new Table("JOB", "TYPE", "STATE", "ATTEMPT", "CREATED", "TOOK", "ERROR");
    for (JsonNode job : jobs) {
      table.row(
          job.path("job_id"),
          job.path("job_type"),
          job.path("state"),
          job.path("attempt").asText() + "/" + job.path("max_attempts").asText(),
          times.ago(job.path("created_at")),
          times.between(job.path("started_at"), job.path("finished_at")),
          job.path("error_code"));
    }
    return table.text(context.terminal());
  }
}
