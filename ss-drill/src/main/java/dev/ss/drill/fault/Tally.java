package dev.ss.drill.fault;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts equal findings. */
final class Tally {
  private final Map<String, Integer> counts = new TreeMap<>();

  /** Counts a finding. */
  void add(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  /** Returns the findings with their counts, as text. */
  List<String> findings() {
    return counts.entrySet().stream().map(each -> each.getValue() + " × " + each.getKey()).toList();
  }
}
