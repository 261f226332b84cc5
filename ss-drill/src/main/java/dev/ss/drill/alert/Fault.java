package dev.ss.drill.alert;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * A fault to cause, and the alerts that it must raise.
 *
 * @param name the name on the command line
 * @param done what is broken and how it is repaired, in words
 * @param workers the workers, each with its environment
 * @param load the load that clients cause throughout
 * @param expected alerts that must fire before the repair
 * @param afterwards alerts that must fire before or after the repair
 * @param allowed alerts that may fire as well, because the fault also meets their conditions
 * @param doing causes the fault and returns the repair
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

  /** Causes a fault. */
  interface Break {
    /** Causes the fault and returns its repair. */
    Runnable apply(Service service) throws Exception;
  }

  static List<AlertName> names(String... names) {
    return Stream.of(names).map(AlertName::of).toList();
  }

  /** Whether the drill needs a PostgreSQL of its own. */
  boolean stopsTheDatabase() {
    return name.equals(STOPS_THE_DATABASE);
  }

  /** Returns all alerts that must fire. */
  List<AlertName> all() {
    return Stream.concat(expected.stream(), afterwards.stream()).toList();
  }

  /** Returns what the drill expects of an alert. */
  AlertReport.Duty duty(AlertName name) {
    if (all().contains(name)) {
      return AlertReport.Duty.MUST_FIRE;
    }
    return allowed.contains(name) ? AlertReport.Duty.MAY_FIRE : AlertReport.Duty.MUST_NOT_FIRE;
  }

  /** Returns those alerts that must not fire. */
  Set<AlertName> wrong(Set<AlertName> fired) {
    Set<AlertName> wrong = new TreeSet<>(fired);
    wrong.removeIf(name -> duty(name) != AlertReport.Duty.MUST_NOT_FIRE);
    return wrong;
  }
}
