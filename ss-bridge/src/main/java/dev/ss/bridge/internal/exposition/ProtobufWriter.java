package dev.ss.bridge.internal.exposition;

import dev.ss.bridge.internal.histogram.BucketHistogram;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;

/**
 * Writes messages of type {@code MetricFamily}, each after its length. The field numbers are those
 * of {@code io/prometheus/client/metrics.proto}. Fields are written in ascending order, as
 * generated code does.
 */
final class ProtobufWriter implements ScrapeWriter {
  private static final int METRIC = 4;
  private static final int VALUE = 1;

  private static final int SUMMARY_COUNT = 1;
  private static final int SUMMARY_QUANTILE = 3;
  private static final int QUANTILE = 1;
  private static final int QUANTILE_VALUE = 2;

  private static final int COUNTER_CREATED = 3;
  private static final int HISTOGRAM_CREATED = 15;

  private final ExpositionBuffer page;
  private final ProtobufFields fields;
  private final ProtobufHistogram histograms;
  private final ClientFamilies clients;

  @SuppressWarnings("NullAway.Init") // a family begins before its samples
  private EncodedFamily family;

  private boolean hasHeader;
  private int familyBegun;

  ProtobufWriter(ExpositionBuffer page) {
    this.page = page;
    this.fields = new ProtobufFields(page);
    this.histograms = new ProtobufHistogram(fields);
    this.clients = new ClientFamilies(ExpositionFormat.PROTOBUF, page);
  }

  @Override
  public void family(MetricSnapshot snapshot) {
    clients.add(snapshot);
  }

  @Override
  public void family(EncodedFamily begun) {
    endFamily();
    clients.write();
    family = begun;
  }

  @Override
  public void end() {
    endFamily();
    clients.write();
  }

  private void endFamily() {
    if (hasHeader) {
      page.endWithLength(familyBegun);
      hasHeader = false;
    }
  }

  @Override
  public void sample(EncodedSeries series, double value) {
    int metric = beginMetric(series);
    int sample = fields.begin(family.type().field());
    fields.number(VALUE, value);
    if (family.type() == FamilyType.COUNTER) {
      created(COUNTER_CREATED, series);
    }
    fields.end(sample);
    fields.end(metric);
  }

  @Override
  public void histogram(EncodedSeries series, BucketHistogram histogram) {
    int metric = beginMetric(series);
    int value = fields.begin(family.type().field());
    Exemplars exemplars = histogram.exemplars();
    histograms.write(histogram, exemplars);
    created(HISTOGRAM_CREATED, series);
    histograms.nativeExemplars(exemplars);
    fields.end(value);
    fields.end(metric);
  }

  @Override
  public void summary(EncodedSeries series, long count, Quantiles quantiles) {
    int metric = beginMetric(series);
    int summary = fields.begin(family.type().field());
    fields.integer(SUMMARY_COUNT, count);
    for (Quantile quantile : quantiles) {
      int value = fields.begin(SUMMARY_QUANTILE);
      fields.number(QUANTILE, quantile.getQuantile());
      fields.number(QUANTILE_VALUE, quantile.getValue());
      fields.end(value);
    }
    fields.end(summary);
    fields.end(metric);
  }

  /** Lets Prometheus treat the series as 0 at that time, and so see its first increase. */
  private void created(int field, EncodedSeries series) {
    if (series.created().length > 0) {
      int timestamp = fields.begin(field);
      fields.append(series.created());
      fields.end(timestamp);
    }
  }

  private int beginMetric(EncodedSeries series) {
    if (!hasHeader) {
      familyBegun = page.beginWithLength();
      fields.append(family.protobufHeader());
      hasHeader = true;
    }
    int metric = fields.begin(METRIC);
    fields.append(series.protobuf());
    return metric;
  }
}
