package dev.ss.testkit.model;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is not as it has to be: each rule with how often it was broken, and the first examples. */
public final class Findings {
  private static final int EXAMPLES = 3;

  private final Map<String, List<String>> examples = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();

  /** This rule was broken here. */
  public void add(String rule, String example) {
    counts.merge(rule, 1, Integer::sum);
    List<String> known = examples.computeIfAbsent(rule, any -> new ArrayList<>());
    if (known.size() < EXAMPLES) {
      known.add(example);
    }
  }

  /** Whether there are none. */
  public boolean isEmpty() {
    return counts.isEmpty();
  }

  /** One line for each rule. */
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
