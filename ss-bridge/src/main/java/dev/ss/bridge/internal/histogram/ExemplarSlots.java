package dev.ss.bridge.internal.histogram;

import io.prometheus.metrics.model.snapshots.Exemplars;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * The last exemplar of each classic bucket. It allocates its array only for the first exemplar.
 * Thread-safe.
 */
final class ExemplarSlots {
  private static final String TRACE_ID = io.prometheus.metrics.model.snapshots.Exemplar.TRACE_ID;
  private static final String SPAN_ID = io.prometheus.metrics.model.snapshots.Exemplar.SPAN_ID;
  private static final int MAX_CHARACTERS = 128;

  private final int size;
  private final AtomicReference<@Nullable AtomicReferenceArray<@Nullable Exemplar>> slots =
      new AtomicReference<>();

  /** A value as it was recorded, and the trace it came from. */
  record Exemplar(long value, String traceId, Optional<String> spanId, long unixMillis) {
    /** OpenMetrics limits the total length of all label names and values. */
    boolean fits() {
      int span = spanId.map(id -> characters(SPAN_ID + id)).orElse(0);
      return characters(TRACE_ID + traceId) + span <= MAX_CHARACTERS;
    }

    private static int characters(String text) {
      return text.codePointCount(0, text.length());
    }
  }

  ExemplarSlots(int size) {
    this.size = size;
  }

  /** Keeps an exemplar, unless it exceeds the limit of OpenMetrics. */
  void put(int classic, Exemplar exemplar) {
    if (!exemplar.fits()) {
      return;
    }
    AtomicReferenceArray<@Nullable Exemplar> array = slots.get();
    (array == null ? create() : array).set(classic, exemplar);
  }

  private AtomicReferenceArray<@Nullable Exemplar> create() {
    AtomicReferenceArray<@Nullable Exemplar> created = new AtomicReferenceArray<>(size);
    AtomicReferenceArray<@Nullable Exemplar> other = slots.compareAndExchange(null, created);
    return other == null ? created : other;
  }

  /** Returns all exemplars, with values in the exported unit of these buckets. */
  Exemplars exported(BucketLayout buckets) {
    AtomicReferenceArray<@Nullable Exemplar> array = slots.get();
    if (array == null) {
      return Exemplars.EMPTY;
    }
    Exemplars.Builder exported = Exemplars.builder();
    for (int i = 0; i < size; i++) {
      Exemplar exemplar = array.get(i);
      if (exemplar != null) {
        exported.exemplar(exported(exemplar, buckets));
      }
    }
    return exported.build();
  }

  private static io.prometheus.metrics.model.snapshots.Exemplar exported(
      Exemplar exemplar, BucketLayout buckets) {
    var exported =
        io.prometheus.metrics.model.snapshots.Exemplar.builder()
            .value(buckets.exported((double) exemplar.value()))
            .traceId(exemplar.traceId())
            .timestampMillis(exemplar.unixMillis());
    exemplar.spanId().ifPresent(exported::spanId);
    return exported.build();
  }
}
