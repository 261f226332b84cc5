package dev.ss.metrics;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.Label;
import dev.ss.bridge.LabelPair;

/** Reports the version of the running build as a metric. */
public final class BuildMetrics {
  private BuildMetrics() {}

  /** Registers the only series, whose labels carry the values. */
  public static void register(
      BridgeRegistry registry, String version, String revision, String java) {
    registry.read(
        Catalogue.BUILD_INFO.spec(),
        () -> 1,
        constant("version", version),
        constant("revision", revision),
        constant("java", java));
  }

  private static LabelPair constant(String label, String value) {
    return Label.<String>ofType(label, same -> same).is(value);
  }
}
