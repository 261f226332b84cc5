package dev.ss.api.report;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * A judgement, and since when its findings have held.
 *
 * @param asOf when it was made
 * @param countedAt when the database was read for it; empty if that was never, or too long ago
 * @param lasting the judgement's findings in their order
 */
public record Report(
    Judgement judgement, Instant asOf, Optional<Instant> countedAt, List<Lasting> lasting) {

  /**
   * A finding and when it was found first; until now it has always been found again.
   *
   * @param since the time of the first report that had it
   */
  public record Lasting(Finding finding, Instant since) {}
}
