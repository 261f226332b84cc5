package dev.ss.drill.fault;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** How often something was found that is not as it has to be. */
final class Tally {
  private final Map<String, Integer> counts = new TreeMap<>();

  /** Counts a finding. */
  void add(String what) {
    counts.merge(what, 1, Integer::sum);
  }

  /** The findings, as text. */
  List<String> findings() {
    return counts.entrySet().stream().map(each -> each.getValue() + " × " + each.getKey()).toList();
  }
}
