package dev.ss.bridge.internal.exposition;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ss.bridge.internal.histogram.BucketHistogram;
import dev.ss.bridge.internal.histogram.BucketLayout;
import dev.ss.bridge.internal.histogram.ClassicCounts;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes the text formats. */
final class TextWriter implements ScrapeWriter {
  private static final long MILLIS_PER_SECOND = 1000;

  private final ExpositionFormat format;
  private final ExpositionBuffer page;

  private final ClientFamilies clients;

  @SuppressWarnings("NullAway.Init") // a family begins before its samples
  private EncodedFamily family;

  private boolean hasHeader;

  private final ClassicCounts counts = new ClassicCounts();
  private final Map<BucketLayout, byte[][]> boundsOf = new HashMap<>();

  TextWriter(ExpositionFormat format, ExpositionBuffer page) {
    this.format = format;
    this.page = page;
    this.clients = new ClientFamilies(format, page);
  }

  @Override
  public void family(MetricSnapshot snapshot) {
    clients.add(snapshot);
  }

  @Override
  public void family(EncodedFamily begun) {
    clients.write();
    family = begun;
    hasHeader = false;
  }

  @Override
  public void end() {
    clients.write();
    format.end(page);
  }

  @Override
  public void sample(EncodedSeries series, double value) {
    header();
    sample(family.name(), series, value);
    if (family.type() == FamilyType.COUNTER) {
      created(series);
    }
  }

  @Override
  public void histogram(EncodedSeries series, BucketHistogram histogram) {
    header();
    histogram.readInto(counts);
    long count = buckets(series, format.isOpenMetrics() ? histogram.exemplars() : Exemplars.EMPTY);
    open(family.count(), series);
    page.number(count);
    page.write('\n');
    sample(family.sum(), series, counts.sum());
    created(series);
  }

  @Override
  public void summary(EncodedSeries series, long count, Quantiles quantiles) {
    header();
    for (Quantile quantile : quantiles) {
      openBraces(family.name(), series);
      page.ascii("quantile=\"");
      page.number(quantile.getQuantile());
      page.ascii("\"} ");
      page.number(quantile.getValue());
      page.write('\n');
    }
    open(family.count(), series);
    page.number(count);
    page.write('\n');
  }

  private void header() {
    if (!hasHeader) {
      page.write(family.textHeader(format));
      hasHeader = true;
    }
  }

  /** Writes the buckets that were read, and returns the total count. */
  private long buckets(EncodedSeries series, Exemplars exemplars) {
    double[] upperBounds = counts.buckets().upperBounds();
    byte[][] bounds = boundsOf.computeIfAbsent(counts.buckets(), TextWriter::bounds);
    int start = page.size();
    openBraces(family.bucket(), series);
    int length = page.size() - start;
    long count = 0;
    for (int i = 0; i < upperBounds.length; i++) {
      if (i > 0) {
        page.repeat(start, length);
      }
      page.write(bounds[i]);
      count += counts.count(i);
      page.number(count);
      if (exemplars.size() > 0) {
        double lowerBound = i == 0 ? Double.NEGATIVE_INFINITY : upperBounds[i - 1];
        exemplar(exemplars.get(lowerBound, upperBounds[i]));
      }
      page.write('\n');
    }
    return count;
  }

  /** For each bucket, the text from the bound's label to the value. */
  private static byte[][] bounds(BucketLayout buckets) {
    double[] upperBounds = buckets.upperBounds();
    byte[][] bounds = new byte[upperBounds.length][];
    for (int i = 0; i < bounds.length; i++) {
      String bound = Double.isInfinite(upperBounds[i]) ? "+Inf" : Double.toString(upperBounds[i]);
      bounds[i] = ("le=\"" + bound + "\"} ").getBytes(US_ASCII);
    }
    return bounds;
  }

  private void exemplar(@Nullable Exemplar exemplar) {
    if (exemplar == null) {
      return;
    }
    page.ascii(" # {");
    page.write(EncodedSeries.textOf(exemplar.getLabels()));
    page.ascii("} ");
    page.number(exemplar.getValue());
    if (exemplar.hasTimestamp()) {
      page.write(' ');
      seconds(exemplar.getTimestampMillis());
    }
  }

  /** Lets Prometheus treat the series as 0 at that time, and so see its first increase. */
  private void created(EncodedSeries series) {
    if (format.hasCreatedSamples() && series.createdMillis() > 0) {
      open(family.created(), series);
      seconds(series.createdMillis());
      page.write('\n');
    }
  }

  /** Writes seconds with three decimals. */
  private void seconds(long millis) {
    page.number(millis / MILLIS_PER_SECOND);
    page.write('.');
    long fraction = millis % MILLIS_PER_SECOND;
    for (long digit = MILLIS_PER_SECOND / 10; digit > 0; digit /= 10) {
      page.write((int) ('0' + fraction / digit % 10));
    }
  }

  private void sample(byte[] name, EncodedSeries series, double value) {
    open(name, series);
    page.number(value);
    page.write('\n');
  }

  /** Writes a line up to its value. */
  private void open(byte[] name, EncodedSeries series) {
    page.write(name);
    if (!series.isEmpty()) {
      page.write('{');
      page.write(series.text());
      page.write('}');
    }
    page.write(' ');
  }

  /** Writes a line up to one further label. */
  private void openBraces(byte[] name, EncodedSeries series) {
    page.write(name);
    page.write('{');
    if (!series.isEmpty()) {
      page.write(series.text());
      page.write(',');
    }
  }
}
