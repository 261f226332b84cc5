package dev.ss.drill.alert;

/**
 * Which alert.
 *
 * @param burnRate tells apart those that have one name; otherwise empty
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
