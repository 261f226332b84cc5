package dev.ss.bridge.internal.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.Unit;

/** What a family begins with in each format, and the names of its samples in text. */
public final class EncodedFamily {
  private static final int NAME = 1;
  private static final int HELP = 2;
  private static final int TYPE = 3;

  private final FamilyType type;
  private final MetricMetadata metadata;
  private final byte[] textHeader;
  private final byte[] openMetricsHeader;
  private final byte[] protobufHeader;
  private final byte[] name;
  private final byte[] bucket;
  private final byte[] count;
  private final byte[] sum;
  private final byte[] created;

  /**
   * Encodes what is known of a family.
   *
   * @param name with a counter's {@code _total}
   * @param modelName without it: OpenMetrics has it in the samples only
   * @param unit in which the name ends; empty if it has none
   */
  public EncodedFamily(String name, String modelName, FamilyType type, String unit, String help) {
    this.type = type;
    this.metadata = new MetricMetadata(modelName, help, unit.isEmpty() ? null : new Unit(unit));
    String textHelp = help.replace("\\", "\\\\").replace("\n", "\\n");
    this.textHeader =
        (line("HELP", name, textHelp) + line("TYPE", name, type.text())).getBytes(UTF_8);
    this.openMetricsHeader =
        (line("TYPE", modelName, type.text())
                + line("UNIT", modelName, unit)
                + line("HELP", modelName, EncodedSeries.escaped(help)))
            .getBytes(UTF_8);
    this.protobufHeader = protobufHeader(name, help, type);
    this.name = name.getBytes(UTF_8);
    this.bucket = (name + "_bucket").getBytes(UTF_8);
    this.count = (name + "_count").getBytes(UTF_8);
    this.sum = (name + "_sum").getBytes(UTF_8);
    this.created = (modelName + "_created").getBytes(UTF_8);
  }

  private static String line(String keyword, String name, String text) {
    return text.isEmpty() ? "" : "# " + keyword + " " + name + " " + text + "\n";
  }

  /** All fields of a {@code MetricFamily} but its unit, as the Java client, and its metrics. */
  private static byte[] protobufHeader(String name, String help, FamilyType type) {
    ProtobufFields fields = new ProtobufFields();
    fields.bytes(NAME, name.getBytes(UTF_8));
    fields.bytes(HELP, help.getBytes(UTF_8));
    fields.integer(TYPE, type.number());
    return fields.toBytes();
  }

  FamilyType type() {
    return type;
  }

  MetricMetadata metadata() {
    return metadata;
  }

  byte[] textHeader(ExpositionFormat format) {
    return format.isOpenMetrics() ? openMetricsHeader : textHeader;
  }

  byte[] protobufHeader() {
    return protobufHeader;
  }

  byte[] name() {
    return name;
  }

  byte[] bucket() {
    return bucket;
  }

  byte[] count() {
    return count;
  }

  byte[] sum() {
    return sum;
  }

  byte[] created() {
    return created;
  }
}
