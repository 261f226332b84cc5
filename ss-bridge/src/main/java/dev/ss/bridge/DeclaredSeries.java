package dev.ss.bridge;

import com.codahale.metrics.Meter;
import com.codahale.metrics.Metric;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The series of declared families: found again by their labels, and no more than the cap. */
final class DeclaredSeries {
  private static final Logger LOG = LoggerFactory.getLogger(DeclaredSeries.class);
  private final BridgeRegistry registry;
  private final int cap;
  private final ConcurrentMap<List<String>, Metric> series = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, SeriesCap> caps = new ConcurrentHashMap<>();
  private final FamilySpec<Meter> overflow;
  private final FamilySpec<Meter> drop;
  private final FamilySeries<String, Meter> overflows;
  private final FamilySeries<String, Meter> dropped;

  DeclaredSeries(BridgeRegistry registry, int cap, OwnFamilies own) {
    this.registry = registry;
    this.cap = cap;
    this.overflow = own.overflow();
    this.drop = own.dropped();
    this.overflows = byMetric(overflow);
    this.dropped = byMetric(drop);
  }

  private FamilySeries<String, Meter> byMetric(FamilySpec<Meter> spec) {
    return new FamilySeries<>(
        this, spec, metric -> new LabelPair[] {new LabelPair("metric", metric)});
  }

  /** A series that is there from the start, whatever the cap. */
  void declare(FamilySpec<?> spec, LabelPair... labels) {
    capOf(spec).declare(values(labels));
    find(spec, labels);
  }

  /** The metric of these labels, if there is or may be one. */
  <M extends Metric> Optional<M> admitted(FamilySpec<M> spec, LabelPair... labels) {
    String[] wanted = values(labels);
    return capOf(spec).admit(wanted) == wanted ? Optional.of(find(spec, labels)) : Optional.empty();
  }

  /** The metric of labels that are too many, some of which have become _other. */
  <M extends Metric> M overflow(FamilySpec<M> spec, LabelPair... labels) {
    overflowed(spec);
    String[] admitted = capOf(spec).admit(values(labels));
    LabelPair[] coarser = labels.clone();
    for (int i = 0; i < coarser.length; i++) {
      coarser[i] = new LabelPair(labels[i].name(), admitted[i]);
    }
    return find(spec, coarser);
  }

  /** Where drops of a metric are counted. */
  Meter dropped(String metric) {
    return dropped.get(metric);
  }

  /** Forgets how often a metric was left out that has been removed. */
  void forgetDropped(String metric) {
    LabelPair[] labels = {new LabelPair("metric", metric)};
    dropped.forget(metric);
    capOf(drop).forget(metric);
    series.remove(key(drop, labels));
    registry.remove(drop, labels);
  }

  private void overflowed(FamilySpec<?> spec) {
    if (!spec.name().equals(overflow.name())) {
      overflows.get(spec.name()).mark();
    }
    if (capOf(spec).isFirstOverflow()) {
      LOG.warn(
          "{} has reached its cap of series; further label values become _other.", spec.name());
    }
  }

  private <M extends Metric> M find(FamilySpec<M> spec, LabelPair... labels) {
    return cast(series.computeIfAbsent(key(spec, labels), absent -> registry.add(spec, labels)));
  }

  private SeriesCap capOf(FamilySpec<?> spec) {
    return caps.computeIfAbsent(spec.name(), name -> new SeriesCap(cap));
  }

  @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // a spec makes its own type only
  private static <M extends Metric> M cast(Metric metric) {
    return (M) metric;
  }

  private static List<String> key(FamilySpec<?> spec, LabelPair... labels) {
    String[] key = new String[labels.length + 1];
    key[0] = spec.name();
    for (int i = 0; i < labels.length; i++) {
      key[i + 1] = labels[i].value();
    }
    return Arrays.asList(key);
  }

  private static String[] values(LabelPair... labels) {
    return Arrays.stream(labels).map(LabelPair::value).toArray(String[]::new);
  }
}
