package dev.ss.config;

import dev.ss.job.Placeholders;
import io.dropwizard.validation.selfvalidating.ViolationCollector;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Checks that the parameters of a job type and the placeholders in its command belong together. */
final class ParameterChecks {
  private final String jobType;
  private final JobTypeSection section;
  private final ViolationCollector violations;

  ParameterChecks(String jobType, JobTypeSection section, ViolationCollector violations) {
    this.jobType = jobType;
    this.section = section;
    this.violations = violations;
  }

  /** The command of a type without parameters has no placeholders, whatever its braces. */
  void check() {
    Map<String, ParameterSection> parameters = section.parameters();
    if (parameters.isEmpty() || section.command() == null || section.command().isEmpty()) {
      return;
    }
    parameters.forEach(this::check);
    checkProgram(section.command().get(0));
    checkPlaces(Placeholders.in(section.command().subList(1, section.command().size())));
  }

  private void check(String name, ParameterSection parameter) {
    if (parameter != null) {
      parameter
          .problem()
          .ifPresent(
              problem ->
                  violations.addViolation(key(name) + "." + problem.key(), problem.message()));
    }
  }

  private void checkProgram(String program) {
    if (!Placeholders.in(List.of(program)).isEmpty()) {
      violations.addViolation(
          key() + ".command",
          "must have no placeholder in its first element, which is the program");
    }
  }

  private void checkPlaces(Set<String> placeholders) {
    for (String name : placeholders) {
      if (!section.parameters().containsKey(name)) {
        violations.addViolation(
            key() + ".command",
            "has a placeholder for %s, which is not one of the parameters. Two braces on each side "
                    .formatted(name)
                + "stand for one, without a placeholder");
      }
    }
    for (String name : section.parameters().keySet()) {
      if (!placeholders.contains(name)) {
        violations.addViolation(
            key(name), "must have a placeholder in the command: the name in braces");
      }
    }
  }

  private String key() {
    return "jobTypes[%s]".formatted(jobType);
  }

  private String key(String parameter) {
    return "%s.parameters[%s]".formatted(key(), parameter);
  }
}
