package dev.ss.metrics.bridge.text;

import static java.nio.charset.StandardCharsets.UTF_8;

/** What a family begins with in each text format, and the names of its samples. */
public final class FamilyText {
  private final byte[] textHeader;
  private final byte[] openMetricsHeader;
  private final byte[] name;
  private final byte[] bucket;
  private final byte[] count;
  private final byte[] sum;

  /**
   * The text of a family.
   *
   * @param name with a counter's {@code _total}
   * @param modelName without it: OpenMetrics has it in the samples only
   * @param type {@code counter}, {@code gauge}, {@code histogram} or {@code summary}
   */
  public FamilyText(String name, String modelName, String type, String help) {
    String textHelp = help.replace("\\", "\\\\").replace("\n", "\\n");
    this.textHeader = (line("HELP", name, textHelp) + line("TYPE", name, type)).getBytes(UTF_8);
    this.openMetricsHeader =
        (line("TYPE", modelName, type) + line("HELP", modelName, LabelText.escaped(help)))
            .getBytes(UTF_8);
    this.name = name.getBytes(UTF_8);
    this.bucket = (name + "_bucket").getBytes(UTF_8);
    this.count = (name + "_count").getBytes(UTF_8);
    this.sum = (name + "_sum").getBytes(UTF_8);
  }

  private static String line(String keyword, String name, String text) {
    return text.isEmpty() ? "" : "# %s %s %s\n".formatted(keyword, name, text);
  }

  byte[] header(TextFormat format) {
    return format == TextFormat.OPEN_METRICS ? openMetricsHeader : textHeader;
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
}
