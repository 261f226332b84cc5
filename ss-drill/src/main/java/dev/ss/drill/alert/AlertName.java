package dev.ss.drill.alert;

/**
 * The name of an alert.
 *
 * @param burnRate the label that distinguishes alerts of the same name; otherwise empty
 */
record AlertName(String name, String burnRate) implements Comparable<AlertName> {
  static AlertName of(String name) {
    int space = name.indexOf(' ');
    return space < 0
        ? new AlertName(name, "")
        : new AlertName(name.substring(0, space), name.substring(space + 1));
  }

  @Override
  public int compareTo(AlertName other) {
    return toString().compareTo(other.toString());
  }

  @Override
  public String toString() {
    return burnRate.isEmpty() ? name : name + " " + burnRate;
  }
}
