package dev.ss.api.submit;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.job.Label;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Reads query parameters that are a name and a value, as in {@code label=team:data}. */
public final class Pairs {
  /** The rule for labels, as a sentence for clients. */
  static final String LABEL_RULE =
      "a key has 1 to 63 letters, digits and . _ / -, and begins with a letter or digit; a value has"
          + " 1 to %d characters, none of them a control character."
              .formatted(Label.MAX_VALUE_LENGTH);

  private Pairs() {}

  /**
   * Splits each text at its first colon.
   *
   * @param parameter the name of the query parameter, for messages
   * @throws ProblemException if a text has no colon, or two have the same name
   */
  public static Map<String, String> parse(String parameter, Collection<String> texts) {
    Map<String, String> pairs = new LinkedHashMap<>();
    for (String text : texts) {
      int colon = text.indexOf(':');
      if (colon < 1) {
        throw invalid("%s must be a name and a value with a colon between.".formatted(parameter));
      }
      if (pairs.put(text.substring(0, colon), text.substring(colon + 1)) != null) {
        throw invalid("Two values of %s have the same name.".formatted(parameter));
      }
    }
    return pairs;
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemCode.INVALID_PARAMETER, detail);
  }
}
