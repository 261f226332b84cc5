package dev.ss.bridge.internal.exposition;

import dev.ss.bridge.internal.histogram.BucketHistogram;
import dev.ss.bridge.internal.histogram.ClassicCounts;
import dev.ss.bridge.internal.histogram.NativeBuckets;
import dev.ss.bridge.internal.histogram.NativeCounts;
import io.prometheus.metrics.model.snapshots.Exemplar;
import io.prometheus.metrics.model.snapshots.Exemplars;

/** Writes the fields of a message of type {@code Histogram}. */
final class ProtobufHistogram {
  private static final int SAMPLE_COUNT = 1;
  private static final int SAMPLE_SUM = 2;
  private static final int BUCKET = 3;
  private static final int SCHEMA = 5;
  private static final int ZERO_THRESHOLD = 6;
  private static final int ZERO_COUNT = 7;
  private static final int POSITIVE_SPAN = 12;
  private static final int POSITIVE_DELTA = 13;
  private static final int EXEMPLAR = 16;

  private static final int BUCKET_CUMULATIVE_COUNT = 1;
  private static final int BUCKET_UPPER_BOUND = 2;
  private static final int BUCKET_EXEMPLAR = 3;

  private static final int SPAN_OFFSET = 1;
  private static final int SPAN_LENGTH = 2;

  private final ProtobufFields fields;
  private final ProtobufExemplar exemplarFields;
  private final ClassicCounts classic = new ClassicCounts();
  private final NativeCounts natives = new NativeCounts();

  ProtobufHistogram(ProtobufFields fields) {
    this.fields = fields;
    this.exemplarFields = new ProtobufExemplar(fields);
  }

  /** Writes all fields that come before the creation time. */
  void write(BucketHistogram histogram, Exemplars exemplars) {
    histogram.readInto(classic, natives);
    fields.integer(SAMPLE_COUNT, classic.total());
    fields.number(SAMPLE_SUM, classic.sum());
    classic(exemplars);
    fields.signed(SCHEMA, NativeBuckets.SCHEMA);
    fields.number(ZERO_THRESHOLD, NativeBuckets.ZERO_THRESHOLD);
    fields.integer(ZERO_COUNT, natives.zeros());
    spans();
    deltas();
  }

  private void classic(Exemplars exemplars) {
    double[] upperBounds = classic.buckets().upperBounds();
    long count = 0;
    for (int i = 0; i < upperBounds.length; i++) {
      count += classic.count(i);
      int bucket = fields.begin(BUCKET);
      fields.integer(BUCKET_CUMULATIVE_COUNT, count);
      fields.number(BUCKET_UPPER_BOUND, upperBounds[i]);
      if (exemplars.size() > 0) {
        double lowerBound = i == 0 ? Double.NEGATIVE_INFINITY : upperBounds[i - 1];
        exemplar(BUCKET_EXEMPLAR, exemplars.get(lowerBound, upperBounds[i]));
      }
      fields.end(bucket);
    }
  }

  /** Writes the exemplars again, for scrapers that read only native buckets. */
  void nativeExemplars(Exemplars exemplars) {
    for (Exemplar exemplar : exemplars) {
      exemplar(EXEMPLAR, exemplar);
    }
  }

  private void exemplar(int field, Exemplar exemplar) {
    if (exemplar != null) {
      int message = fields.begin(field);
      exemplarFields.write(exemplar);
      fields.end(message);
    }
  }

  private void spans() {
    int endBefore = 0;
    for (int start = natives.first(); start < natives.end(); start = natives.next(endBefore)) {
      int span = fields.begin(POSITIVE_SPAN);
      fields.signed(SPAN_OFFSET, start - endBefore);
      endBefore = natives.endOfSpan(start);
      fields.integer(SPAN_LENGTH, endBefore - start);
      fields.end(span);
    }
  }

  private void deltas() {
    long before = 0;
    int end;
    for (int start = natives.first(); start < natives.end(); start = natives.next(end)) {
      end = natives.endOfSpan(start);
      for (int index = start; index < end; index++) {
        fields.signed(POSITIVE_DELTA, natives.count(index) - before);
        before = natives.count(index);
      }
    }
  }
}
