package dev.ss.bridge.internal.export;

import dev.ss.bridge.internal.exposition.EncodedFamily;
import dev.ss.bridge.internal.exposition.FamilyType;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.util.List;
import java.util.Optional;

/**
 * A family's name, type and help text.
 *
 * @param name with the {@code _total} of a counter
 * @param unit that the name ends in, if it ends in one
 */
public record FamilyDefinition(String name, FamilyType type, Optional<String> unit, String help) {
  private static final String TOTAL = "_total";

  /** Those of "Base units" in Prometheus's documentation that a program may have to do with. */
  private static final List<String> UNITS = List.of("seconds", "bytes", "ratio");

  /**
   * Checks the name.
   *
   * @throws IllegalArgumentException if Prometheus does not allow it
   */
  public FamilyDefinition {
    if (!PrometheusNaming.isValidLegacyMetricName(name)) {
      throw new IllegalArgumentException("not a Prometheus metric name: " + name);
    }
    if (type == FamilyType.COUNTER && (!name.endsWith(TOTAL) || name.endsWith(TOTAL + TOTAL))) {
      throw new IllegalArgumentException("a counter's name ends in _total, once: " + name);
    }
  }

  /**
   * With one of Prometheus's base units, if the name ends in one.
   *
   * @throws IllegalArgumentException if Prometheus does not allow the name
   */
  public static FamilyDefinition of(String name, FamilyType type, String help) {
    String stem = name.endsWith(TOTAL) ? name.substring(0, name.length() - TOTAL.length()) : name;
    Optional<String> unit = UNITS.stream().filter(each -> stem.endsWith("_" + each)).findFirst();
    return new FamilyDefinition(name, type, unit, help);
  }

  /** The name without {@code _total}: OpenMetrics and the Java client's model have it so. */
  public String modelName() {
    return type == FamilyType.COUNTER ? name.substring(0, name.length() - TOTAL.length()) : name;
  }

  EncodedFamily encoded() {
    return new EncodedFamily(name, modelName(), type, unit.orElse(""), help);
  }
}
