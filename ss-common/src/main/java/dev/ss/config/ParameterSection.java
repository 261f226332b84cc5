package dev.ss.config;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.ss.job.Parameter;
import jakarta.validation.constraints.NotNull;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Configures a parameter of a job type. */
record ParameterSection(
    @Meaning(
            value =
                "a regular expression (Java's) that the whole value must match. See "
                    + "[parameters](#parameters)",
            defaultText = "none: every parameter needs a pattern")
        @NotNull(message = "must be a regular expression that the whole value matches")
        String pattern,
    @Meaning(
            value = "the value of a job that gives none",
            defaultText = "none: every job must give a value")
        @JsonProperty("default")
        @Nullable String defaultValue) {

  /** Returns what is wrong with the two, by key. */
  Optional<Problem> problem() {
    if (pattern == null) {
      return Optional.empty(); // its own validation says so
    }
    try {
      Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      return Optional.of(
          new Problem("pattern", "must be a regular expression: " + e.getDescription()));
    }
    boolean fits = defaultValue == null || parameter().accepts(defaultValue);
    return fits
        ? Optional.empty()
        : Optional.of(
            new Problem(
                "default",
                "must match the pattern, with at most %d characters and no control characters"
                    .formatted(Parameter.MAX_LENGTH)));
  }

  record Problem(String key, String message) {}

  boolean isRequired() {
    return defaultValue == null;
  }

  Parameter parameter() {
    return new Parameter(
        Pattern.compile(Objects.requireNonNull(pattern)), Optional.ofNullable(defaultValue));
  }
}
