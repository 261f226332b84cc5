package dev.ss.bridge;

import io.prometheus.metrics.instrumentation.dropwizard5.labels.MapperConfig;
import java.util.List;

/**
 * Takes the mappings of the Prometheus Java client's own bridge, {@code
 * prometheus-metrics-instrumentation-dropwizard5}, which has to be on the class path for this class
 * alone.
 */
public final class StockMappings {
  private StockMappings() {}

  /** What its {@code CustomLabelMapper} was given, for {@link BridgeRegistry#map}. */
  public static List<MappingRule> rules(List<MapperConfig> configs) {
    return configs.stream().map(StockMappings::rule).toList();
  }

  private static MappingRule rule(MapperConfig config) {
    return new MappingRule(config.getMatch(), config.getName(), config.getLabels());
  }
}
