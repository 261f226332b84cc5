package dev.ss.job;

import java.util.regex.Pattern;

/** A label of a job, by which clients find it. */
public record Label(String key, String value) {
  /** The maximum number of labels of a job. */
  public static final int MAX_NUMBER = 16;

  /** The maximum length of a value, in UTF-16 code units. */
  public static final int MAX_VALUE_LENGTH = 200;

  private static final Pattern KEY = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]{0,62}");

  /** Whether a job may have this label. */
  public boolean isValid() {
    return KEY.matcher(key).matches()
        && !value.isEmpty()
        && value.length() <= MAX_VALUE_LENGTH
        && Texts.isPlain(value);
  }

  /** The label as one text. A key has no colon, so that different labels have different texts. */
  public String text() {
    return key + ":" + value;
  }
}
