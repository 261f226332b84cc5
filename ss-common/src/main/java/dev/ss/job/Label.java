package dev.ss.job;

/** A label of a job. */
public record Label(String key, String value) {
  /** The label as one text. A key has no colon, so that different labels have different texts. */
  public String text() {
    return key + ":" + value;
  }
}
