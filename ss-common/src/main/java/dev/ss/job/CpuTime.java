package dev.ss.job;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * The processor time that processes have used; two processors use two seconds in one.
 *
 * @param user in the programs themselves
 * @param system in the kernel, for them
 */
public record CpuTime(Duration user, Duration system) {
  public static final CpuTime NONE = new CpuTime(Duration.ZERO, Duration.ZERO);

  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  /** Adds another processor time to this one. */
  public CpuTime plus(CpuTime other) {
    return new CpuTime(user.plus(other.user), system.plus(other.system));
  }

  /** Subtracts another processor time from this one. */
  public CpuTime minus(CpuTime other) {
    return new CpuTime(user.minus(other.user), system.minus(other.system));
  }

  /** The sum of both, in seconds. */
  public double seconds() {
    return user.plus(system).toNanos() / NANOS_PER_SECOND;
  }
}
