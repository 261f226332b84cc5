package dev.ss.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.cli.text.Table;
import dev.ss.cli.text.Times;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Command;

/** {@code ss types}. */
@Command(
    name = "types",
    description = "List the job types, their parameters, and which are paused.")
public final class TypesCommand extends TableCommand {
  public TypesCommand(Context context) {
    super(context, "/v1/job-types");
  }

  @Override
  Table table(JsonNode answer) {
    Table table = new Table("TYPE", "STATE", "TIMEOUT", "ATTEMPTS", "PARAMETERS");
    for (JsonNode type : answer.path("job_types")) {
      table.row(
          type.path("job_type"),
          type.path("paused").asBoolean() ? "paused" : "ready",
          Times.seconds(type.path("timeout_seconds")),
          type.path("max_attempts"),
          parameters(type.path("parameters")));
    }
    return table;
  }

  /** Their names; those with a default have it. */
  private static String parameters(JsonNode parameters) {
    List<String> all = new ArrayList<>();
    if (parameters.isArray()) {
      parameters.forEach(each -> all.add(parameter(each.path("name").asText(), each)));
    } else {
      parameters.properties().forEach(each -> all.add(parameter(each.getKey(), each.getValue())));
    }
    return String.join(", ", all);
  }

  private static String parameter(String name, JsonNode parameter) {
    JsonNode preset = parameter.path("default");
    return preset.isTextual() ? name + "=" + preset.textValue() : name;
  }
}
