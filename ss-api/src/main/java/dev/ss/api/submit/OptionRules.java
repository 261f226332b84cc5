package dev.ss.api.submit;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.job.JobOptions;
import dev.ss.job.JobType;
import dev.ss.job.Label;
import dev.ss.job.Parameter;
import dev.ss.job.Parameters;
import io.dropwizard.util.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Checks the parameters, the labels and the timeout of a submission. */
final class OptionRules {
  private static final long MILLIS_PER_SECOND = 1000;

  private OptionRules() {}

  /**
   * Returns the options of a submission.
   *
   * @throws ProblemException if the job type does not allow them
   */
  static JobOptions of(JobType type, SubmitBody body) {
    Map<String, String> parameters = texts("parameters", body.parameters());
    type.parameters()
        .misfit(parameters)
        .ifPresent(
            misfit -> {
              throw refusal(type.parameters(), misfit);
            });
    Map<String, String> labels = texts("labels", body.labels());
    requireValid(labels);
    return new JobOptions(parameters, labels, body.timeout().map(text -> timeout(text, type)));
  }

  private static Map<String, String> texts(String field, Optional<Map<String, String>> values) {
    values
        .filter(each -> each.values().stream().anyMatch(Objects::isNull))
        .ifPresent(
            each -> {
              throw invalid(field + " must be an object of strings.");
            });
    return values.orElse(Map.of());
  }

  private static ProblemException refusal(Parameters parameters, Parameters.Misfit misfit) {
    return misfit.match(
        name ->
            new ProblemException(
                ProblemCode.UNKNOWN_FIELD,
                parameters.byName().isEmpty()
                    ? "The job type has no parameters."
                    : "The parameters of the job type are %s."
                        .formatted(String.join(", ", parameters.byName().keySet()))),
        name ->
            new ProblemException(
                ProblemCode.MISSING_FIELD, "The parameter %s is required.".formatted(name)),
        name -> invalid(mustMatch(name, Objects.requireNonNull(parameters.byName().get(name)))));
  }

  private static String mustMatch(String name, Parameter parameter) {
    return "The parameter %s must match %s, with at most %d characters and no control characters."
        .formatted(name, parameter.pattern(), Parameter.MAX_LENGTH);
  }

  private static void requireValid(Map<String, String> labels) {
    if (labels.size() > Label.MAX_NUMBER) {
      throw invalid("labels must be at most %d.".formatted(Label.MAX_NUMBER));
    }
    labels.forEach(
        (key, value) -> {
          if (!new Label(key, value).isValid()) {
            throw invalid("labels: " + Pairs.LABEL_RULE);
          }
        });
  }

  private static java.time.Duration timeout(String text, JobType type) {
    try {
      java.time.Duration timeout = Duration.parse(text).toJavaDuration();
      if (timeout.toMillis() > 0 && timeout.compareTo(type.timeout()) <= 0) {
        return java.time.Duration.ofMillis(timeout.toMillis());
      }
    } catch (IllegalArgumentException | ArithmeticException notADuration) {
      // refused below, like too long a timeout
    }
    throw invalid(
        "timeout must be a duration such as 30s, more than 0 and at most %s, that of the job type."
            .formatted(text(type.timeout().toMillis())));
  }

  /** A duration as one writes it. */
  private static String text(long millis) {
    return millis % MILLIS_PER_SECOND == 0 ? millis / MILLIS_PER_SECOND + "s" : millis + "ms";
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemCode.INVALID_FIELD, detail);
  }
}
