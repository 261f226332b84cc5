package dev.ss.drill.alert;

import dev.ss.testkit.process.Waiting;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;

/** Repeatedly looks at the alerts of a Prometheus and its Alertmanager. */
final class Watch implements AutoCloseable {
  private static final Duration PAUSE = Duration.ofMillis(200);

  private final Monitoring monitoring;
  private final long start = System.nanoTime();
  private final Map<AlertName, Sighting> sightings = new TreeMap<>();
  private final Set<AlertName> heard = new HashSet<>();
  private final Set<AlertName> present = new HashSet<>();
  private final Thread thread;
  private final Map<AlertName, Double> lastPresent = new HashMap<>();
  private double lastHeard;
  private volatile boolean closed;

  Watch(Monitoring monitoring) {
    this.monitoring = monitoring;
    thread = new Thread(this::look, "watch");
    thread.setDaemon(true);
    thread.start();
  }

  /** Returns the seconds since the watch began. */
  double now() {
    return (System.nanoTime() - start) / 1e9;
  }

  private void look() {
    while (!closed) {
      try {
        note(monitoring.alerts(), monitoring.sent());
      } catch (UncheckedIOException | IllegalStateException slow) {
        // The next look may succeed. If Prometheus is gone, waiting for an alert fails.
      }
      Waiting.pause(PAUSE);
    }
  }

  private synchronized void note(Map<AlertName, String> states, Set<AlertName> sent) {
    double now = now();
    present.clear();
    present.addAll(states.keySet());
    present.addAll(sent);
    heard.clear();
    for (AlertName name : present) {
      boolean isFiring = "firing".equals(states.get(name));
      if (isFiring || sent.contains(name)) {
        heard.add(name);
      }
      sightings.put(
          name,
          sightings.getOrDefault(name, Sighting.NONE).seen(isFiring, sent.contains(name), now));
    }
    present.forEach(name -> lastPresent.put(name, now));
    if (!heard.isEmpty()) {
      lastHeard = now;
    }
  }

  /** Returns the sighting of an alert. */
  synchronized Sighting of(AlertName name) {
    return sightings.getOrDefault(name, Sighting.NONE);
  }

  /** Returns all alerts whose sighting matches. */
  synchronized Set<AlertName> all(Predicate<Sighting> such) {
    Set<AlertName> names = new TreeSet<>(sightings.keySet());
    names.removeIf(name -> !such.test(sightings.get(name)));
    return names;
  }

  /** Whether all these alerts have reached Alertmanager. */
  synchronized boolean haveFired(Collection<AlertName> names) {
    return names.stream().allMatch(name -> of(name).hasFired());
  }

  /** Whether none of these alerts is firing in Prometheus or active in Alertmanager. */
  synchronized boolean areOver(Collection<AlertName> names) {
    return names.stream().noneMatch(heard::contains);
  }

  /** Returns for how many seconds no alert has been firing and none of these has been pending. */
  synchronized double silenceOf(Collection<AlertName> names) {
    double last =
        names.stream().mapToDouble(name -> lastPresent.getOrDefault(name, 0.0)).max().orElse(0);
    return now() - Math.max(last, lastHeard);
  }

  /** Returns all alerts that are pending or firing now. */
  synchronized Set<AlertName> present() {
    return Set.copyOf(present);
  }

  @Override
  public void close() {
    closed = true;
    Waiting.forEndOf(thread);
  }
}
