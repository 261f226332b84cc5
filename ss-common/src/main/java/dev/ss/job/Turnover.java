package dev.ss.job;

/**
 * How many jobs came and how many became final within a time.
 *
 * @param created jobs that were stored
 * @param succeeded jobs that ended as succeeded
 * @param failed jobs that ended as failed, with no attempt left
 * @param cancelled jobs that ended as cancelled
 */
public record Turnover(long created, long succeeded, long failed, long cancelled) {
  /** No job at all. */
  public static final Turnover NONE = new Turnover(0, 0, 0, 0);

  /** Adds the numbers of both. */
  public Turnover plus(Turnover other) {
    return new Turnover(
        created + other.created,
        succeeded + other.succeeded,
        failed + other.failed,
        cancelled + other.cancelled);
  }
}
