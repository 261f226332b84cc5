package dev.ss.metrics.bridge.histogram;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The last exemplar of each classic bucket; no memory until there is one. */
final class ExemplarSlots {
  private final int size;
  private final AtomicReference<AtomicReferenceArray<Exemplar>> slots = new AtomicReference<>();

  /** A value as it was recorded, and the trace it came from. */
  record Exemplar(long value, String traceId, long unixMillis) {}

  ExemplarSlots(int size) {
    this.size = size;
  }

  void put(int classic, Exemplar exemplar) {
    AtomicReferenceArray<Exemplar> array = slots.get();
    if (array == null) {
      slots.compareAndSet(null, new AtomicReferenceArray<>(size));
      array = slots.get();
    }
    array.set(classic, exemplar);
  }

  List<Exemplar> all() {
    AtomicReferenceArray<Exemplar> array = slots.get();
    List<Exemplar> all = new ArrayList<>();
    for (int i = 0; array != null && i < size; i++) {
      Exemplar exemplar = array.get(i);
      if (exemplar != null) {
        all.add(exemplar);
      }
    }
    return all;
  }
}
