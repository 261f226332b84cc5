package dev.ss.bench.micro;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import java.util.Arrays;

/** Gives timers their buckets when they are created, so that a look-up need not pass them. */
final class MicrometerBuckets implements MeterFilter {
  @Override
  public DistributionStatisticConfig configure(Meter.Id id, DistributionStatisticConfig config) {
    return DistributionStatisticConfig.builder()
        .serviceLevelObjectives(
            Arrays.stream(Latency.nanos()).mapToDouble(nanos -> (double) nanos).toArray())
        .build()
        .merge(config);
  }
}
