package dev.ss.bridge;

import com.codahale.metrics.MetricRegistry;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import io.dropwizard.lifecycle.setup.LifecycleEnvironment;
import io.dropwizard.metrics.common.MetricsFactory;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The {@code metrics} section of a Dropwizard configuration, with the keys that the bridge adds.
 *
 * <pre>{@code
 * metrics:
 *   mappings:              # names for metrics that others register; the first match decides
 *     - match: io.dropwizard.db.ManagedPooledDataSource.*.active
 *       name: db_pool_connections
 *       labels: {pool: "${0}", state: active}
 *   mappingSets: [jetty, data-source, hikari, http-client, jdbi, logback, executors]
 *   excludes: [ch.qos.logback.core.Appender.all]
 *   buckets:               # in seconds for timers, in the recorded unit for histograms
 *     - {match: com.example.Uploads.size, upperBounds: [1000, 10000, 100000, 1000000]}
 *   connector: application # or admin, or a separate port: 9400, or localhost:9400
 *   path: /metrics
 *   concurrentScrapes: 4   # different scrapes at once; further ones get 503 at once
 * }</pre>
 */
@JsonDeserialize // overrides the superclass's annotation
public final class BridgeMetricsFactory extends MetricsFactory {
  private List<MappingRule> mappings = List.of();
  private List<String> excludes = List.of();
  private List<MappingSet> mappingSets = List.of();
  private List<BucketRule> buckets = List.of();

  @NotNull private String connector = "application";

  @NotNull
  @Pattern(regexp = "(/[A-Za-z0-9._~-]+)+", message = "must be a path such as /metrics")
  private String path = BridgeBundle.PATH;

  @Min(1)
  @Max(100)
  private int concurrentScrapes = BridgeSettings.CONCURRENT_SCRAPES;

  public BridgeMetricsFactory() {}

  /** Makes Jackson read this class wherever a configuration declares a {@code MetricsFactory}. */
  @JsonDeserialize(as = BridgeMetricsFactory.class)
  private interface AsThis {}

  /**
   * Configures the mapper to read the {@code metrics} section of any configuration class as this
   * class.
   */
  public static void readWith(ObjectMapper mapper) {
    mapper.addMixIn(MetricsFactory.class, AsThis.class);
  }

  /** The bucket bounds of the metrics that match a glob. */
  public record BucketRule(
      @JsonProperty("match") String match, @JsonProperty("upperBounds") List<Double> upperBounds) {

    private BucketRules addTo(BucketRules rules) {
      if (match == null || upperBounds == null || upperBounds.contains(null)) {
        throw new IllegalArgumentException(
            "metrics.buckets, match '%s': it needs a match and upperBounds".formatted(match));
      }
      return rules.and(match, upperBounds.stream().mapToDouble(Double::doubleValue).toArray());
    }
  }

  /**
   * Sets the mappings, which name the metrics that others register.
   *
   * @throws IllegalArgumentException if a mapping is malformed or collides with another; the
   *     message names it
   */
  @JsonProperty
  public void setMappings(@Nullable List<MappingRule> mappings) {
    this.mappings = orEmpty(mappings);
    BridgeRegistry.compile(this.mappings, List.of());
  }

  /**
   * Sets the ready-made mappings to use. They come after {@code mappings}.
   *
   * @param names such as {@code jetty} or {@code http-client}
   * @throws IllegalArgumentException if there is no set of that name; the message names it
   */
  @JsonProperty
  public void setMappingSets(@Nullable List<String> names) {
    this.mappingSets = orEmpty(names).stream().map(BridgeMetricsFactory::mappingSet).toList();
  }

  private static MappingSet mappingSet(String name) {
    return MappingSet.named(name)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "metrics.mappingSets: '%s' is none of %s"
                        .formatted(
                            name,
                            Arrays.stream(MappingSet.values()).map(MappingSet::text).toList())));
  }

  /** Sets globs of metrics not to export, unless a mapping matches them. */
  @JsonProperty
  public void setExcludes(@Nullable List<String> excludes) {
    this.excludes = orEmpty(excludes);
    BridgeRegistry.compile(List.of(), this.excludes);
  }

  /**
   * Sets the buckets of timers and histograms that shall not have the default ones.
   *
   * @throws IllegalArgumentException if a rule is malformed; the message names it
   */
  @JsonProperty
  public void setBuckets(@Nullable List<BucketRule> buckets) {
    this.buckets = orEmpty(buckets);
    bucketRules();
  }

  /** Jackson passes null for a key without a value. */
  private static <E> List<E> orEmpty(@Nullable List<E> list) {
    return list == null ? List.of() : list;
  }

  /** Sets how many different scrapes may be read at once. */
  @JsonProperty
  public void setConcurrentScrapes(int concurrentScrapes) {
    this.concurrentScrapes = concurrentScrapes;
  }

  /**
   * Returns where metrics are served: {@code application}, {@code admin}, a port or {@code
   * host:port}.
   */
  @JsonProperty
  public String getConnector() {
    return connector;
  }

  /**
   * Sets where metrics are served.
   *
   * @throws IllegalArgumentException if it is neither {@code application}, {@code admin}, a port
   *     nor {@code host:port}
   */
  @JsonProperty
  public void setConnector(String connector) {
    MetricsConnector.of(connector);
    this.connector = connector;
  }

  MetricsConnector connector() {
    return MetricsConnector.of(connector);
  }

  /** Returns the path of the metrics. */
  @JsonProperty
  public String getPath() {
    return path;
  }

  /** Sets the path of the metrics. */
  @JsonProperty
  public void setPath(String path) {
    this.path = path;
  }

  int concurrentScrapes() {
    return concurrentScrapes;
  }

  @Override
  public void configure(LifecycleEnvironment environment, MetricRegistry registry) {
    super.configure(environment, registry);
    if (registry instanceof BridgeRegistry bridge) {
      bridge.map(mappings, excludes, mappingSets);
      bridge.buckets(bucketRules());
    }
  }

  private BucketRules bucketRules() {
    BucketRules rules = BucketRules.none();
    for (BucketRule rule : buckets) {
      rules = rule.addTo(rules);
    }
    return rules;
  }
}
