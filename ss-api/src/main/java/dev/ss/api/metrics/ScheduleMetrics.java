package dev.ss.api.metrics;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.Meter;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.CollectorStatus;
import dev.ss.bridge.Family1;
import dev.ss.bridge.Label;
import dev.ss.job.ScheduleState;
import dev.ss.job.ScheduleStatus;
import dev.ss.metrics.Catalogue;
import dev.ss.metrics.CatalogueEntry;
import dev.ss.metrics.Guard;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reports when schedules are due and when their jobs last succeeded, as it was last read from the
 * database, and counts what this process has found to be missed.
 */
public final class ScheduleMetrics {
  private static final double MILLIS_PER_SECOND = 1e3;

  /** Never seen: only configured schedules are counted. */
  private static final String OTHER = "_other";

  private final LastKnown<Map<String, ScheduleStatus>> last;
  private final Optional<CollectorStatus> status;
  private final Label<String> label;
  private final Family1<String, Meter> missed;
  private final Guard guard = new Guard();

  /**
   * Declares the families, and counts from 0 what each schedule misses.
   *
   * @param schedules the names of the configured schedules
   * @param maxAge the maximum age of what is reported
   */
  public ScheduleMetrics(
      BridgeRegistry registry, Collection<String> schedules, Duration maxAge, Clock clock) {
    this.last = new LastKnown<>(maxAge, clock);
    this.status =
        schedules.isEmpty()
            ? Optional.empty()
            : Optional.of(
                new CollectorStatus(
                    registry, "schedules", com.codahale.metrics.Clock.defaultClock()));
    this.label = Label.ofSet("schedule", schedules, OTHER);
    this.missed = registry.family(Catalogue.SCHEDULE_MISSED.spec(), label);
    for (String name : schedules) {
      missed.with(name);
      declare(registry, Catalogue.SCHEDULE_NEXT, name, ScheduleStatus::nextAt);
      declare(
          registry,
          Catalogue.SCHEDULE_LAST_SUCCESS,
          name,
          each -> each.state().flatMap(ScheduleState::lastSuccessAt));
      declare(
          registry,
          Catalogue.SCHEDULE_LAST_MISSED,
          name,
          each -> each.state().flatMap(ScheduleState::lastMissedAt));
    }
  }

  private void declare(
      BridgeRegistry registry,
      CatalogueEntry<Gauge<?>> entry,
      String name,
      Function<ScheduleStatus, Optional<Instant>> time) {
    registry.read(
        entry.spec(), () -> last.number(all -> seconds(time, all.get(name))), label.is(name));
  }

  private static @Nullable Number seconds(
      Function<ScheduleStatus, Optional<Instant>> time, @Nullable ScheduleStatus status) {
    return Optional.ofNullable(status)
        .flatMap(time)
        .<Number>map(at -> at.toEpochMilli() / MILLIS_PER_SECOND)
        .orElse(null);
  }

  /** Counts missed runs of a schedule; call it after the commit. */
  public void missed(String schedule, long runs) {
    guard.count(() -> missed.with(schedule).mark(runs));
  }

  /** The schedules have been read. */
  public void read(List<ScheduleStatus> schedules) {
    last.is(
        schedules.stream()
            .collect(Collectors.toMap(each -> each.schedule().name(), Function.identity())));
  }

  /** A look at the schedules has succeeded. */
  public void succeeded(Duration took) {
    status.ifPresent(each -> each.succeeded(took));
  }

  /** The schedules could not be read. */
  public void failed(Duration took) {
    status.ifPresent(each -> each.failed(took));
  }
}
