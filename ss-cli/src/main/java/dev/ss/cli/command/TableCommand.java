package dev.ss.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.cli.api.ExitCode;
import dev.ss.cli.text.Table;
import picocli.CommandLine.Option;

/** A command that shows the answer of one route as a table. */
abstract class TableCommand extends ApiCommand {
  @Option(names = "--json", description = "print the answer as JSON")
  private boolean json;

  private final String path;

  TableCommand(Context context, String path) {
    super(context);
    this.path = path;
  }

  @Override
  public final Integer call() {
    JsonNode answer = api().get(path);
    if (json) {
      printJson(answer);
    } else {
      print(table(answer).text(context.terminal()));
    }
    return ExitCode.OK;
  }

  abstract Table table(JsonNode answer);
}
