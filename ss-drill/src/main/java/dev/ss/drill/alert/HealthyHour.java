package dev.ss.drill.alert;

import dev.ss.testkit.process.Waiting;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A scaled hour of steady work with a rolling restart of one worker, during which no alert may
 * fire.
 */
final class HealthyHour {
  static final String NAME = "healthy";
  static final String DONE =
      "an hour of steady work; after 20 minutes one of 2 workers restarted with SIGTERM";

  private static final Duration HOUR = Duration.ofHours(1);

  private HealthyHour() {}

  static AlertReport run(Place place) {
    Path own = place.directoryOf(NAME);
    try (Monitoring monitoring = place.monitoring(own);
        Service service = place.service(own, place.postgres(), monitoring)) {
      AlertDrill.start(service, Map.of("worker-1", Map.of(), "worker-2", Map.of()), monitoring);
      // Prometheus takes five seconds to find its first targets, which is more than a minute of
      // scaled time.
      AlertDrill.awaitCalm(monitoring, List.of());
      try (Watch watch = new Watch(monitoring)) {
        work(service.load());
        Duration third = place.scale().of(HOUR).dividedBy(3);
        Waiting.pause(third);
        service.process("worker-1").terminate();
        service.start("worker-1", Map.of());
        Waiting.pause(third.multipliedBy(2));
        return report(watch);
      }
    }
  }

  private static void work(Load load) {
    load.submit("quick", 5);
    load.submit("nap", 1);
    load.list(2);
  }

  private static AlertReport report(Watch watch) {
    List<String> findings = new ArrayList<>();
    Set<AlertName> heard = watch.all(Sighting::hasBeenHeard);
    heard.forEach(name -> findings.add("must not fire: " + name));
    String pending =
        watch.all(each -> !each.hasBeenHeard()).stream()
            .map(name -> "%s after %.0f s".formatted(name, watch.of(name).pending().orElse(0)))
            .collect(Collectors.joining(", "));
    return new AlertReport(
        NAME,
        DONE,
        0,
        watch.present(),
        heard.stream()
            .map(name -> new AlertReport.Row(name, watch.of(name), AlertReport.Duty.MUST_NOT_FIRE))
            .toList(),
        pending.isEmpty() ? "" : "only pending: " + pending,
        findings);
  }
}
