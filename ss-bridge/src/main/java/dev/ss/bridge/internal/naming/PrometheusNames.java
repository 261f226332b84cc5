package dev.ss.bridge.internal.naming;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** The default rules that turn texts into Prometheus names. */
public final class PrometheusNames {
  private static final String TOTAL = "_total";
  private static final Pattern ACRONYM_END = Pattern.compile("([A-Z])([A-Z][a-z])");
  private static final Pattern WORD_END = Pattern.compile("([a-z0-9])([A-Z])");
  private static final Pattern LETTER_OF_ANOTHER_SCRIPT =
      Pattern.compile("[\\p{L}\\p{N}&&[^A-Za-z0-9]]");
  private static final Pattern NOT_ALLOWED = Pattern.compile("[^A-Za-z0-9]+");
  private static final Pattern OUTER = Pattern.compile("^_+|_+$");

  /** Endings that have a meaning in a scrape. */
  private static final Pattern RESERVED =
      Pattern.compile("_(total|bucket|count|sum|created|info)$");

  private PrometheusNames() {}

  /**
   * Converts a name to snake case: {@code org.eclipse.jetty.QueuedThreadPool.dw.jobs} → {@code
   * org_eclipse_jetty_queued_thread_pool_dw_jobs}. Every text gives a legal name. Letters that
   * Prometheus 2 does not allow become their code point in hexadecimal, so that names in other
   * scripts stay distinct: {@code größe} → {@code gr_uf6_udf_e}.
   */
  public static String snakeCase(String name) {
    String spaced = ACRONYM_END.matcher(name).replaceAll("$1_$2");
    spaced = WORD_END.matcher(spaced).replaceAll("$1_$2");
    spaced = LETTER_OF_ANOTHER_SCRIPT.matcher(spaced).replaceAll(PrometheusNames::hex);
    spaced = NOT_ALLOWED.matcher(spaced).replaceAll("_");
    spaced = OUTER.matcher(spaced).replaceAll("").toLowerCase(Locale.ROOT);
    return spaced.isEmpty() || Character.isDigit(spaced.charAt(0)) ? "_" + spaced : spaced;
  }

  private static String hex(MatchResult letter) {
    return "_u" + Integer.toHexString(letter.group().codePointAt(0)) + "_";
  }

  /** Appends {@code _value} if the name's ending would otherwise have a meaning in a scrape. */
  public static String ofValue(String name) {
    return RESERVED.matcher(name).find() ? name + "_value" : name;
  }

  /**
   * Returns the name with exactly one {@code _total}, because the Java client would remove several.
   */
  public static String ofCounter(String name) {
    String stem = stem(name);
    return (stem.endsWith(TOTAL) ? stem + "_value" : stem) + TOTAL;
  }

  /** Returns the name without its last {@code _total}, before which a unit belongs. */
  public static String stem(String name) {
    return name.endsWith(TOTAL) ? name.substring(0, name.length() - TOTAL.length()) : name;
  }

  /**
   * Returns a label's value as a scrape can show it: an unpaired surrogate becomes a question mark.
   */
  public static String labelValue(String text) {
    return new String(text.getBytes(UTF_8), UTF_8);
  }

  /** Appends this ending unless the name has it. */
  public static String ending(String name, String suffix) {
    return name.endsWith(suffix) ? name : name + suffix;
  }
}
