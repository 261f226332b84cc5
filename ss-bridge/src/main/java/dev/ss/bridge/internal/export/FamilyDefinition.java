package dev.ss.bridge.internal.export;

import dev.ss.bridge.internal.exposition.EncodedFamily;
import dev.ss.bridge.internal.exposition.FamilyType;
import dev.ss.bridge.internal.naming.PrometheusNames;
import io.prometheus.metrics.model.snapshots.PrometheusNaming;
import java.util.List;
import java.util.Optional;

/**
 * A family's name, type and help text.
 *
 * @param name the name, which for a counter includes {@code _total}
 * @param unit the unit that the name ends in, if it ends in one
 */
public record FamilyDefinition(String name, FamilyType type, Optional<String> unit, String help) {
  private static final String TOTAL = "_total";

  /**
   * The base units of "Base units" in Prometheus's documentation that programs are likely to use.
   */
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
   * Makes a definition whose unit is the Prometheus base unit that the name ends in, if any.
   *
   * @throws IllegalArgumentException if Prometheus does not allow the name
   */
  public static FamilyDefinition of(String name, FamilyType type, String help) {
    String modelName = modelName(name, type);
    Optional<String> unit =
        UNITS.stream().filter(each -> modelName.endsWith("_" + each)).findFirst();
    return new FamilyDefinition(name, type, unit, help);
  }

  /**
   * Returns the name without {@code _total}, as OpenMetrics and the Java client's model have it.
   */
  public String modelName() {
    return modelName(name, type);
  }

  private static String modelName(String name, FamilyType type) {
    return type == FamilyType.COUNTER ? PrometheusNames.stem(name) : name;
  }

  EncodedFamily encoded() {
    return new EncodedFamily(name, modelName(), type, unit.orElse(""), help);
  }
}
