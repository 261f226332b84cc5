package dev.ss.cli.command;

import dev.ss.cli.api.ExitCode;
import dev.ss.cli.api.Query;
import dev.ss.cli.text.Plain;
import java.util.List;
import picocli.CommandLine.Parameters;

/** A command that changes job types. */
abstract class TypeOptions extends ApiCommand {
  @Parameters(arity = "1..*", paramLabel = "TYPE", description = "the job types; see ss types")
  private List<String> types = List.of();

  private final String action;
  private final String done;

  TypeOptions(Context context, String action, String done) {
    super(context);
    this.action = action;
    this.done = done;
  }

  @Override
  public final Integer call() {
    for (String type : types) {
      api().post("/v1/job-types/" + Query.encoded(type) + "/" + action);
      print("%s %s\n".formatted(Plain.text(type), done));
    }
    return ExitCode.OK;
  }
}
