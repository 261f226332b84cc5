package dev.ss.bridge;

import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A label whose values are few by construction: they come from an enum, from a fixed set, or from a
 * type whose author vouches for it. There is no label of free strings.
 *
 * @param <V> what a call site passes for it
 */
public final class Label<V> {
  private final String name;
  private final Function<V, String> text;
  private final List<V> known;

  private Label(String name, Function<V, String> text, List<V> known) {
    if (!PrometheusNaming.isValidLegacyLabelName(name) || name.startsWith("__")) {
      throw new IllegalArgumentException("not a Prometheus label name: " + name);
    }
    this.name = name;
    this.text = text;
    this.known = known;
  }

  /** One value per constant, in lower case. */
  public static <E extends Enum<E>> Label<E> ofEnum(String name, Class<E> type) {
    Map<E, String> texts = new EnumMap<>(type);
    for (E constant : type.getEnumConstants()) {
      texts.put(constant, constant.name().toLowerCase(Locale.ROOT));
    }
    return new Label<>(name, texts::get, List.copyOf(texts.keySet()));
  }

  /** These values; any other appears as {@code other}. */
  public static Label<String> ofSet(String name, Collection<String> values, String other) {
    Map<String, String> texts = new HashMap<>();
    values.forEach(value -> texts.put(value, value));
    return new Label<>(
        name, value -> texts.getOrDefault(value, other), List.copyOf(new TreeSet<>(values)));
  }

  /**
   * Values of a type that can only have few.
   *
   * @param text gives the label's value; never anything a request or a job brought along
   */
  public static <V> Label<V> ofType(String name, Function<V, String> text) {
    return new Label<>(name, text, List.of());
  }

  /** The label with one of its values. */
  public LabelPair is(V value) {
    return pair(text(value));
  }

  String name() {
    return name;
  }

  /** How a value reads in a scrape. */
  String text(V value) {
    return text.apply(value);
  }

  LabelPair pair(String valueText) {
    return new LabelPair(name, valueText);
  }

  /** The values there are before anything has happened; their series start at 0. */
  List<V> known() {
    return known;
  }
}
