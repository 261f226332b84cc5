package dev.ss.testkit.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The violations found: how often each rule was broken, with the first examples. */
public final class Findings {
  private static final int EXAMPLES = 3;

  private final Map<String, List<String>> examples = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  /** Records a violation of this rule. */
  public void add(String rule, String example) {
    counts.merge(rule, 1, Integer::sum);
    List<String> known = examples.computeIfAbsent(rule, any -> new ArrayList<>());
    if (known.size() < EXAMPLES) {
      known.add(example);
    }
  }

  /** Returns whether no rule was broken. */
  public boolean isEmpty() {
    return counts.isEmpty();
  }

  /** Returns one line for each broken rule. */
  public List<String> lines() {
    return counts.entrySet().stream()
        .map(
            rule ->
                "%d × %s (%s)"
                    .formatted(
                        rule.getValue(),
                        rule.getKey(),
                        String.join("; ", examples.get(rule.getKey()))))
        .toList();
  }
}
