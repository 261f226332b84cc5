package dev.ss.metrics;

import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.Label;
import dev.ss.bridge.LabelPair;

/** What runs here. */
public final class BuildMetrics {
  private BuildMetrics() {}

  /** Registers the one series that says so. */
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
