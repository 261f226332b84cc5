package dev.ss.drill.alert;

import dev.ss.testkit.place.Waiting;
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

/**
 * Looks at the alerts of a Prometheus and its Alertmanager, again and again, from one moment on.
 */
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

  /** Seconds since the beginning. */
  double now() {
    return (System.nanoTime() - start) / 1e9;
  }

  private void look() {
    while (!closed) {
      try {
        note(monitoring.alerts(), monitoring.sent());
      } catch (UncheckedIOException | IllegalStateException slow) {
        // The next look sees more; a Prometheus that is gone fails what waits for an alert.
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

  /** What is known of an alert. */
  synchronized Sighting of(AlertName name) {
    return sightings.getOrDefault(name, Sighting.NONE);
  }

  /** All alerts that were seen in such a way. */
  synchronized Set<AlertName> all(Predicate<Sighting> such) {
    Set<AlertName> names = new TreeSet<>(sightings.keySet());
    names.removeIf(name -> !such.test(sightings.get(name)));
    return names;
  }

  /** Whether all these have come to Alertmanager. */
  synchronized boolean haveFired(Collection<AlertName> names) {
    return names.stream().allMatch(name -> of(name).hasFired());
  }

  /** Whether none of these is firing, here or there. */
  synchronized boolean areOver(Collection<AlertName> names) {
    return names.stream().noneMatch(heard::contains);
  }

  /** For how many seconds nothing has been firing, and none of these has been even pending. */
  synchronized double silenceOf(Collection<AlertName> names) {
    double last =
        names.stream().mapToDouble(name -> lastPresent.getOrDefault(name, 0.0)).max().orElse(0);
    return now() - Math.max(last, lastHeard);
  }

  /** All that is pending or firing now. */
  synchronized Set<AlertName> present() {
    return Set.copyOf(present);
  }

  @Override
  public void close() {
    closed = true;
    Waiting.forEndOf(thread);
  }
}
