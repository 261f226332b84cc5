package dev.ss.bridge.internal.exposition;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.Unit;

/** A family's header in each format, and the names of its samples in text, encoded once. */
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
   * Encodes a family's header and names.
   *
   * @param name the name, which for a counter includes {@code _total}
   * @param modelName the name without {@code _total}, which OpenMetrics uses outside samples
   * @param unit the unit that the name ends in; empty if it has none
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

  /**
   * Encodes all fields of a {@code MetricFamily} except its unit, which the Java client leaves out
   * too, and its metrics.
   */
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
