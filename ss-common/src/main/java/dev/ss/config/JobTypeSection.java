package dev.ss.config;

import dev.ss.job.JobType;
import dev.ss.job.Parameter;
import dev.ss.job.Parameters;
import io.dropwizard.util.Duration;
import io.dropwizard.validation.MaxDuration;
import io.dropwizard.validation.MinDuration;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/** Configures a type of job. */
record JobTypeSection(
    @Meaning(
            value =
                "the program and its arguments. The program reads the job's input from "
                    + "its standard input",
            defaultText = "none: every type needs a command")
        @NotEmpty(message = "must name a program, as in [wc, -w]")
        List<@NotBlank String> command,
    @Meaning(
            value = "what each job may choose in the arguments of the command",
            defaultText = "no parameters")
        @Valid
        Map<
                @Pattern(
                    regexp = Parameter.NAME,
                    message =
                        "must be a name of lower case letters, digits and underscores that begins "
                            + "with a letter, at most 63")
                String,
                @Valid @NotNull ParameterSection>
            parameters,
    @Meaning("the time limit of one attempt")
        @MinDuration(value = 1, unit = TimeUnit.MILLISECONDS)
        @MaxDuration(value = 7, unit = TimeUnit.DAYS)
        Duration timeout,
    @Meaning("the number of attempts of a job, unless its submission says otherwise")
        @Min(1)
        @Max(JobType.MAX_ATTEMPTS)
        Integer maxAttempts,
    @Meaning(
            value = "how many attempts of this type may run at once, over all workers",
            defaultText = "no limit")
        @Min(1)
        Integer maxRunning,
    @Meaning("what one attempt may use") @Valid LimitsSection limits,
    @Meaning("what is promised of its jobs") @Valid ObjectivesSection objectives,
    @Meaning(
            value =
                "how long the type may be without a success until the alert SsJobTypeNoRecentSuccess "
                    + "fires: for what runs every night, a day and the time that it may be late",
            defaultText = "no limit")
        @MinDuration(value = 1, unit = TimeUnit.SECONDS)
        Duration maxTimeWithoutSuccess) {

  /**
   * Replaces missing values with their defaults. The command has none, and without {@code
   * maxRunning} there is no limit.
   */
  public JobTypeSection {
    parameters = Objects.requireNonNullElseGet(parameters, Map::of);
    timeout = Objects.requireNonNullElseGet(timeout, () -> Duration.hours(1));
    maxAttempts = Objects.requireNonNullElse(maxAttempts, 3);
    limits = Objects.requireNonNullElseGet(limits, LimitsSection::none);
    objectives = Objects.requireNonNullElseGet(objectives, ObjectivesSection::none);
  }

  JobType jobType(String name) {
    return new JobType(
        name,
        command,
        timeout.toJavaDuration(),
        maxAttempts,
        Optional.ofNullable(maxRunning),
        limits.limits(),
        objectives.objectives(),
        parametersByName());
  }

  private Parameters parametersByName() {
    TreeMap<String, Parameter> byName = new TreeMap<>();
    parameters.forEach((name, section) -> byName.put(name, section.parameter()));
    return new Parameters(byName);
  }
}
