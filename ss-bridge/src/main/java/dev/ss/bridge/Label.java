package dev.ss.bridge;

import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.util.Collection;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A label that can have only few values: they come from an enum, a fixed set, or a type whose
 * author guarantees it. There is no label of arbitrary strings. Immutable.
 *
 * @param <V> what callers pass as its value
 */
public final class Label<V> {
  private final String name;
  private final Function<V, String> text;
  private final List<V> known;
  private final Set<V> atStart;

  private Label(String name, Function<V, String> text, List<V> known, Set<V> atStart) {
    if (!PrometheusNaming.isValidLegacyLabelName(name) || name.startsWith("__")) {
      throw new IllegalArgumentException("not a Prometheus label name: " + name);
    }
    this.name = name;
    this.text = text;
    this.known = known;
    this.atStart = atStart;
  }

  /**
   * A label with one value for each constant, in lower case.
   *
   * @throws IllegalArgumentException if Prometheus does not allow the label's name
   */
  public static <E extends Enum<E>> Label<E> ofEnum(String name, Class<E> type) {
    return ofEnum(name, type, EnumSet.allOf(type));
  }

  /**
   * A label with one value for each constant, in lower case, of which only some have series from
   * the start. Those of the others begin with their first use.
   *
   * @throws IllegalArgumentException if Prometheus does not allow the label's name
   */
  public static <E extends Enum<E>> Label<E> ofEnum(String name, Class<E> type, Set<E> atStart) {
    Map<E, String> texts = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      texts.put(constant, constant.name().toLowerCase(Locale.ROOT));
    }
    return new Label<>(name, texts::get, List.copyOf(texts.keySet()), Set.copyOf(atStart));
  }

  /**
   * A label with these values; any other value becomes {@code other}.
   *
   * @throws IllegalArgumentException if Prometheus does not allow the label's name
   */
  public static Label<String> ofSet(String name, Collection<String> values, String other) {
    Map<String, String> texts = new HashMap<>();
    values.forEach(value -> texts.put(value, value));
    return new Label<>(
        name,
        value -> texts.getOrDefault(value, other),
        List.copyOf(new TreeSet<>(values)),
        Set.copyOf(values));
  }

  /**
   * A label whose values are of a type that has only few.
   *
   * @param text gives the label's value; it must never pass on text from a request or a job
   * @throws IllegalArgumentException if Prometheus does not allow the label's name
   */
  public static <V> Label<V> ofType(String name, Function<V, String> text) {
    return new Label<>(name, text, List.of(), Set.of());
  }

  /** Returns the label with one of its values. */
  public LabelPair is(V value) {
    return pair(text(value));
  }

  String name() {
    return name;
  }

  /** Returns the text of a value in a scrape. */
  String text(V value) {
    return text.apply(value);
  }

  LabelPair pair(String valueText) {
    return new LabelPair(name, valueText);
  }

  /** The values known at the start. */
  List<V> known() {
    return known;
  }

  /** Whether the series of a known value begins at 0 at the start. */
  boolean isAtStart(V value) {
    return atStart.contains(value);
  }
}
