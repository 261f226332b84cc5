package dev.ss.drill.alert;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Something that is broken on purpose, and what has to be heard of it.
 *
 * @param name as the script takes it
 * @param done what is broken and how it is repaired, in words
 * @param workers each with its environment
 * @param load what the clients do all the time
 * @param expected alerts that have to fire before the repair
 * @param afterwards alerts that have to fire, also if only after the repair
 * @param allowed alerts that may fire as well: what else is true of the same fault
 * @param doing breaks it, and what it returns repairs it
 */
record Fault(
    String name,
    String done,
    Map<String, Map<String, String>> workers,
    Consumer<Load> load,
    List<AlertName> expected,
    List<AlertName> afterwards,
    List<AlertName> allowed,
    Break doing) {

  static final String STOPS_THE_DATABASE = "database";

  /** Breaks something. */
  interface Break {
    /** Its repair. */
    Runnable apply(Service service) throws Exception;
  }

  static List<AlertName> names(String... names) {
    return Stream.of(names).map(AlertName::of).toList();
  }

  /** Whether others must not share its PostgreSQL. */
  boolean stopsTheDatabase() {
    return name.equals(STOPS_THE_DATABASE);
  }

  /** All that have to fire. */
  List<AlertName> all() {
    return Stream.concat(expected.stream(), afterwards.stream()).toList();
  }

  /** What is wanted of this alert. */
  Outcome.Duty duty(AlertName name) {
    if (all().contains(name)) {
      return Outcome.Duty.MUST_FIRE;
    }
    return allowed.contains(name) ? Outcome.Duty.MAY_FIRE : Outcome.Duty.MUST_NOT_FIRE;
  }

  /** Which of these must not be. */
  Set<AlertName> wrong(Set<AlertName> fired) {
    Set<AlertName> wrong = new TreeSet<>(fired);
    wrong.removeIf(name -> duty(name) != Outcome.Duty.MUST_NOT_FIRE);
    return wrong;
  }
}
