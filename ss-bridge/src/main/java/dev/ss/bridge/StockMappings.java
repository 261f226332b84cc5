package dev.ss.bridge;

import io.prometheus.metrics.instrumentation.dropwizard5.labels.MapperConfig;
import java.util.List;

/**
 * Converts the mappings of the Prometheus Java client's own bridge, {@code
 * prometheus-metrics-instrumentation-dropwizard5}. Only this class needs that library on the class
 * path.
 */
public final class StockMappings {
  private StockMappings() {}

  /**
   * Converts the configurations of its {@code CustomLabelMapper} into rules for {@link
   * BridgeRegistry#map}.
   */
  public static List<MappingRule> rules(List<MapperConfig> configs) {
    return configs.stream().map(StockMappings::rule).toList();
  }

  private static MappingRule rule(MapperConfig config) {
    return new MappingRule(config.getMatch(), config.getName(), config.getLabels());
  }
}
