package dev.ss.drill.alert;

import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.process.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Causes a fault, waits for its alerts, repairs the fault, and waits until the alerts have cleared.
 */
final class AlertDrill {
  /** Seconds without an alert before the fault. */
  private static final double CALM_SECONDS = 5;

  private static final Duration CALM_LIMIT = Duration.ofMinutes(4);
  private static final Duration FIRE_LIMIT = Duration.ofMinutes(6);
  private static final Duration CLEAR_LIMIT = Duration.ofMinutes(5);

  private final Fault fault;
  private final List<String> findings = new ArrayList<>();

  AlertDrill(Fault fault) {
    this.fault = fault;
  }

  /** Runs the drill. */
  AlertReport run(Place place) throws Exception {
    Path own = place.directoryOf(fault.name());
    PostgresServer server = fault.stopsTheDatabase() ? place.stoppable() : place.postgres();
    try (Monitoring monitoring = place.monitoring(own);
        Service service = place.service(own, server, monitoring)) {
      start(service, fault.workers(), monitoring);
      fault.load().accept(service.load());
      awaitCalm(monitoring, fault.all());
      return breakIt(monitoring, service);
    }
  }

  /** Starts the API and these workers, and then the monitoring. */
  static void start(
      Service service, Map<String, Map<String, String>> workers, Monitoring monitoring) {
    service.start(Service.API, Map.of());
    workers.forEach(service::launch);
    workers.keySet().forEach(name -> service.process(name).awaitUp());
    service.warmUp();
    service.scrapeAll();
    monitoring.start();
    Waiting.until(() -> "all is scraped", CALM_LIMIT, service::isScraped);
  }

  /** Waits until alerts caused only by the start have cleared. */
  static void awaitCalm(Monitoring monitoring, Collection<AlertName> names) {
    try (Watch before = new Watch(monitoring)) {
      Waiting.until(
          () -> "no alert for %.0f s; there are %s".formatted(CALM_SECONDS, before.present()),
          CALM_LIMIT,
          () -> before.silenceOf(names) > CALM_SECONDS);
    }
  }

  private AlertReport breakIt(Monitoring monitoring, Service service) throws Exception {
    try (Watch watch = new Watch(monitoring)) {
      Runnable repair = fault.doing().apply(service);
      await(fault.expected(), "does not fire: ", FIRE_LIMIT, watch, watch::haveFired);
      double repairedAt = watch.now();
      repair.run();
      await(fault.afterwards(), "does not fire: ", FIRE_LIMIT, watch, watch::haveFired);
      await(fault.all(), "does not clear: ", CLEAR_LIMIT, watch, watch::areOver);
      return report(watch, repairedAt);
    }
  }

  private void await(
      List<AlertName> names,
      String otherwise,
      Duration limit,
      Watch watch,
      Predicate<Collection<AlertName>> condition) {
    Waiting.within(limit, () -> condition.test(names) || isHopeless(watch));
    if (isHopeless(watch)) {
      return;
    }
    names.stream()
        .filter(name -> !condition.test(List.of(name)))
        .forEach(name -> findings.add(otherwise + name));
  }

  /** Stops waiting once the drill has failed. */
  private boolean isHopeless(Watch watch) {
    return !findings.isEmpty() || !fault.wrong(watch.all(Sighting::hasBeenHeard)).isEmpty();
  }

  private AlertReport report(Watch watch, double repairedAt) {
    Set<AlertName> fired = watch.all(Sighting::hasBeenHeard);
    fault.wrong(fired).forEach(name -> findings.add("must not fire: " + name));
    List<AlertReport.Row> rows =
        fired.stream()
            .map(name -> new AlertReport.Row(name, watch.of(name), fault.duty(name)))
            .toList();
    Set<AlertName> pendingOnly = watch.all(each -> !each.hasBeenHeard());
    return new AlertReport(
        fault.name(), fault.done(), repairedAt, watch.present(), rows, note(pendingOnly), findings);
  }

  private static String note(Set<AlertName> pendingOnly) {
    return pendingOnly.isEmpty()
        ? ""
        : "only pending: "
            + pendingOnly.stream().map(AlertName::toString).collect(Collectors.joining(", "));
  }
}
