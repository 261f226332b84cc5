package dev.ss.bridge;

import com.codahale.metrics.Metric;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;

/**
 * The series of one family by the texts of their labels: what every recording looks up. Only label
 * sets within the family's cap are kept; the others are counted as overflow each time.
 *
 * @param <K> the texts of the labels
 */
final class FamilySeries<K, M extends Metric> {
  private final DeclaredSeries declared;
  private final FamilySpec<M> spec;
  private final Function<K, LabelPair[]> labels;
  private final ConcurrentMap<K, M> known = new ConcurrentHashMap<>();

  FamilySeries(DeclaredSeries declared, FamilySpec<M> spec, Function<K, LabelPair[]> labels) {
    this.declared = declared;
    this.spec = spec;
    this.labels = labels;
  }

  /** A series that is there from the start. */
  void declare(K texts) {
    declared.declare(spec, labels.apply(texts));
  }

  M get(K texts) {
    M metric = known.get(texts);
    return metric == null ? getUnknown(texts) : metric;
  }

  void forget(K texts) {
    known.remove(texts);
  }

  private M getUnknown(K texts) {
    LabelPair[] pairs = labels.apply(texts);
    return declared
        .admitted(spec, pairs)
        .map(metric -> keep(texts, metric))
        .orElseGet(() -> declared.overflow(spec, pairs));
  }

  private M keep(K texts, M metric) {
    known.put(texts, metric);
    return metric;
  }
}
