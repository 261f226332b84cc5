package dev.ss.bridge.internal.export;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Limits the number of a family's series. Past the cap, a label set is not refused: values that no
 * series has had become {@code _other}, or all values where that does not help, so that totals stay
 * true. Thread-safe.
 */
public final class SeriesCap {
  static final String OTHER = "_other";

  private final int cap;
  private int declared;
  private final Set<List<String>> sets = new HashSet<>();
  private List<Set<String>> seen = List.of();

  private boolean overflowed;

  /** Limits a family to this many label sets, or to its declared ones if they are more. */
  public SeriesCap(int cap) {
    this.cap = cap;
  }

  /** Adds a label set that is known from the start, whatever the cap. */
  public synchronized void declare(String... values) {
    remember(List.of(values));
    declared = sets.size();
  }

  /** Removes a label set, which makes room for another. */
  public synchronized void forget(String... values) {
    sets.remove(List.of(values));
  }

  /** Returns true once, at the first call. */
  public synchronized boolean isFirstOverflow() {
    boolean first = !overflowed;
    overflowed = true;
    return first;
  }

  /**
   * Returns the label values to use.
   *
   * @return {@code values} itself while there is room
   */
  public synchronized String[] admit(String... values) {
    List<String> wanted = List.of(values);
    if (sets.contains(wanted) || sets.size() < limit()) {
      remember(wanted);
      return values;
    }
    String[] coarser = values.clone();
    for (int i = 0; i < values.length; i++) {
      if (!seen.get(i).contains(values[i])) {
        coarser[i] = OTHER;
      }
    }
    boolean helps = !List.of(coarser).equals(wanted);
    return sets.contains(List.of(coarser)) || (helps && sets.size() < limit() + reserve())
        ? keep(coarser)
        : allOther(values);
  }

  private int limit() {
    return Math.max(cap, declared);
  }

  /** Room for label sets that contain _other. */
  private int reserve() {
    return cap / 10 + 1;
  }

  private String[] keep(String... values) {
    remember(List.of(values));
    return values;
  }

  private String[] allOther(String... values) {
    String[] other = new String[values.length];
    Arrays.fill(other, OTHER);
    return keep(other);
  }

  private void remember(List<String> values) {
    if (seen.isEmpty()) {
      seen = values.stream().map(value -> (Set<String>) new HashSet<String>()).toList();
    }
    if (sets.add(values)) {
      for (int i = 0; i < values.size(); i++) {
        seen.get(i).add(values.get(i));
      }
    }
  }
}
