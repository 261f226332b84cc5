package dev.ss.metrics.bridge.text;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.ss.metrics.bridge.histogram.BucketHistogram;
import dev.ss.metrics.bridge.histogram.Buckets;
import dev.ss.metrics.bridge.histogram.ClassicCounts;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Writes one scrape: each family, its samples, and at last the {@link #end}. */
public final class TextWriter {
  private static final long MILLIS_PER_SECOND = 1000;

  private final TextFormat format;
  private final Page page;

  private final List<MetricSnapshot> pending = new ArrayList<>();
  private FamilyText family;
  private boolean hasHeader;

  private final ClassicCounts counts = new ClassicCounts();
  private final Map<Buckets, byte[][]> boundsOf = new HashMap<>();

  /** Writes behind what is on the page. */
  public TextWriter(TextFormat format, Page page) {
    this.format = format;
    this.page = page;
  }

  /** A family that the Java client writes. */
  public void family(MetricSnapshot snapshot) {
    // Not at once: for each call, the client makes buffers larger than a family's text.
    pending.add(snapshot);
  }

  /** Begins a family; one without samples leaves no trace. */
  public void family(FamilyText begun) {
    writePending();
    family = begun;
    hasHeader = false;
  }

  /** Ends the scrape. */
  public void end() {
    writePending();
    format.end(page);
  }

  private void writePending() {
    if (!pending.isEmpty()) {
      format.write(new MetricSnapshots(pending), page);
      pending.clear();
    }
  }

  /** The value of a counter or a gauge. */
  public void sample(LabelText labels, double value) {
    header();
    sample(family.name(), labels, value);
  }

  /** What a histogram holds now. */
  public void histogram(LabelText labels, BucketHistogram histogram) {
    header();
    histogram.readInto(counts);
    long count = buckets(labels, format.hasExemplars() ? histogram.exemplars() : Exemplars.EMPTY);
    open(family.count(), labels);
    page.number(count);
    page.write('\n');
    sample(family.sum(), labels, counts.sum());
  }

  /** A count and quantiles. */
  public void summary(LabelText labels, long count, Quantiles quantiles) {
    header();
    for (Quantile quantile : quantiles) {
      openBraces(family.name(), labels);
      page.ascii("quantile=\"");
      page.number(quantile.getQuantile());
      page.ascii("\"} ");
      page.number(quantile.getValue());
      page.write('\n');
    }
    open(family.count(), labels);
    page.number(count);
    page.write('\n');
  }

  private void header() {
    if (!hasHeader) {
      page.write(family.header(format));
      hasHeader = true;
    }
  }

  /** Writes the buckets that were read; returns how many values there are in all. */
  private long buckets(LabelText labels, Exemplars exemplars) {
    double[] upperBounds = counts.buckets().upperBounds();
    byte[][] bounds = boundsOf.computeIfAbsent(counts.buckets(), TextWriter::bounds);
    int start = page.size();
    openBraces(family.bucket(), labels);
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

  /** From the bound's label up to where the value begins. */
  private static byte[][] bounds(Buckets buckets) {
    double[] upperBounds = buckets.upperBounds();
    byte[][] bounds = new byte[upperBounds.length][];
    for (int i = 0; i < bounds.length; i++) {
      String bound = Double.isInfinite(upperBounds[i]) ? "+Inf" : Double.toString(upperBounds[i]);
      bounds[i] = "le=\"%s\"} ".formatted(bound).getBytes(US_ASCII);
    }
    return bounds;
  }

  private void exemplar(Exemplar exemplar) {
    if (exemplar == null) {
      return;
    }
    page.ascii(" # {");
    page.write(new LabelText(exemplar.getLabels()).bytes());
    page.ascii("} ");
    page.number(exemplar.getValue());
    if (exemplar.hasTimestamp()) {
      page.write(' ');
      page.number(exemplar.getTimestampMillis() / MILLIS_PER_SECOND);
      page.ascii(".%03d".formatted(exemplar.getTimestampMillis() % MILLIS_PER_SECOND));
    }
  }

  private void sample(byte[] name, LabelText labels, double value) {
    open(name, labels);
    page.number(value);
    page.write('\n');
  }

  /** A line up to where the value begins. */
  private void open(byte[] name, LabelText labels) {
    page.write(name);
    if (!labels.isEmpty()) {
      page.write('{');
      page.write(labels.bytes());
      page.write('}');
    }
    page.write(' ');
  }

  /** A line up to where one more label begins. */
  private void openBraces(byte[] name, LabelText labels) {
    page.write(name);
    page.write('{');
    if (!labels.isEmpty()) {
      page.write(labels.bytes());
      page.write(',');
    }
  }
}
