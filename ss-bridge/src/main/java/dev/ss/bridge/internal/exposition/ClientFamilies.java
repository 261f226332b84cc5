package dev.ss.bridge.internal.exposition;

import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;

/** Families that the Java client writes. Consecutive ones are written in one call. */
final class ClientFamilies {
  private final ExpositionFormat format;
  private final ExpositionBuffer page;
  private final List<MetricSnapshot> pending = new ArrayList<>();

  ClientFamilies(ExpositionFormat format, ExpositionBuffer page) {
    this.format = format;
    this.page = page;
  }

  void add(MetricSnapshot snapshot) {
    // Not at once: for each call, the client allocates buffers larger than a family's text.
    pending.add(snapshot);
  }

  void write() {
    if (!pending.isEmpty()) {
      format.write(new MetricSnapshots(pending), page);
      pending.clear();
    }
  }
}
