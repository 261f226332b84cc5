package dev.ss.job;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The places for parameters in the arguments of a command: {@code {size}} is the value of the
 * parameter {@code size}, {@code {{size}}} the text {@code {size}}. All other braces stand for
 * themselves. Only the commands of job types with parameters have placeholders.
 */
public final class Placeholders {
  private static final Pattern BRACES =
      Pattern.compile("\\{\\{(?<text>%1$s)}}|\\{(?<name>%1$s)}".formatted(Parameter.NAME));

  private Placeholders() {}

  /** The names of the parameters that have places in these texts. */
  public static Set<String> in(Collection<String> texts) {
    Set<String> names = new TreeSet<>();
    for (String text : texts) {
      for (Matcher each = BRACES.matcher(text); each.find(); ) {
        if (each.group("name") != null) {
          names.add(each.group("name"));
        }
      }
    }
    return names;
  }

  /** Fills the places in an argument; there is a value for each of them. */
  static String fill(String argument, Map<String, String> values) {
    return BRACES
        .matcher(argument)
        .replaceAll(
            each ->
                Matcher.quoteReplacement(
                    each.group(2) == null
                        ? "{" + each.group(1) + "}"
                        : String.valueOf(values.get(each.group(2)))));
  }
}
