package dev.ss.bridge;

import com.codahale.metrics.Metric;
import dev.ss.bridge.internal.export.ExportedFamily;
import dev.ss.bridge.internal.export.SeriesCap;
import dev.ss.bridge.internal.naming.PrometheusNames;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A family that the application has declared. It finds a series by the texts of its labels and
 * creates the series on first use. When the family has too many, it returns the {@code _other}
 * series instead. Thread-safe.
 *
 * @param <K> the texts of the labels, the key that every recording looks up
 */
final class DeclaredFamily<K, M extends Metric> {
  private static final Logger LOG = LoggerFactory.getLogger(DeclaredFamily.class);

  private final BridgeRegistry registry;
  private final FamilySpec<M> spec;
  private final LabelTexts<K> texts;
  private final ExportedFamily exported;
  private final Optional<ExportedFamily> counter;
  private final SeriesCap cap;
  private final ConcurrentMap<K, M> series = new ConcurrentHashMap<>();

  /** The names of the labels, and how their texts are joined into one key. */
  interface LabelTexts<K> {
    /** Returns the labels' names, in the order of their declaration. */
    String[] names();

    /** Returns the texts of a key, in the order of the names. */
    String[] split(K key);

    /** Returns the key of these texts. */
    K join(String... texts);
  }

  DeclaredFamily(
      BridgeRegistry registry, FamilySpec<M> spec, LabelTexts<K> texts, ExportedFamily exported) {
    this.registry = registry;
    this.spec = spec;
    this.texts = texts;
    this.exported = exported;
    this.counter = spec.counter().map(each -> registry.declare(each, texts.names()));
    this.cap = new SeriesCap(registry.seriesPerFamily());
  }

  /**
   * Refuses a declaration that differs from this one.
   *
   * @throws IllegalArgumentException if the order of the labels or the recording metric differs
   */
  void requireSame(FamilySpec<?> otherSpec, LabelTexts<?> otherTexts) {
    if (!texts.equals(otherTexts) || spec.recordedBy() != otherSpec.recordedBy()) {
      throw new IllegalArgumentException(
          "%s is declared already, with labels in the order %s and recorded by a %s"
              .formatted(spec.name(), List.of(texts.names()), spec.recordedBy().getSimpleName()));
    }
  }

  /**
   * Reserves a series, whatever the cap.
   *
   * @param atStart whether it exists from now on, and not from its first use
   */
  void declare(K key, boolean atStart) {
    String[] values = values(key);
    cap.declare(values);
    if (atStart) {
      make(values);
    }
  }

  M get(K key) {
    M metric = series.get(key);
    return metric == null ? getUnknown(key) : metric;
  }

  private M getUnknown(K key) {
    String[] wanted = values(key);
    String[] admitted = cap.admit(wanted);
    if (admitted == wanted) {
      return make(wanted);
    }
    registry.overflowed(spec);
    if (cap.isFirstOverflow()) {
      LOG.warn(
          "{} has reached its cap of series; further label values become _other.", spec.name());
    }
    return make(admitted);
  }

  /**
   * Returns the texts as a scrape shows them; texts that a scrape cannot tell apart are one series.
   */
  private String[] values(K key) {
    return Arrays.stream(texts.split(key)).map(PrometheusNames::labelValue).toArray(String[]::new);
  }

  private M make(String... values) {
    return series.computeIfAbsent(texts.join(values), absent -> add(values));
  }

  private M add(String... values) {
    M metric = spec.newMetric();
    Labels labels = Labels.of(texts.names(), values);
    exported.add(labels, BridgeRegistry.exported(metric));
    registry.registerSeries(spec, metric, texts.names(), values);
    counter.ifPresent(counts -> addCounter(counts, (BucketTimer) metric, labels, values));
    return metric;
  }

  private void addCounter(
      ExportedFamily counts, BucketTimer timer, Labels labels, String... values) {
    counts.add(labels, timer.meter());
    registry.registerSeries(spec.counter().orElseThrow(), timer.meter(), texts.names(), values);
  }

  /**
   * Removes a series and makes room for another. Only for families that are not in the registry.
   */
  void forget(K key) {
    String[] values = values(key);
    if (series.remove(texts.join(values)) != null) {
      cap.forget(values);
      exported.remove(Labels.of(texts.names(), values));
    }
  }
}
