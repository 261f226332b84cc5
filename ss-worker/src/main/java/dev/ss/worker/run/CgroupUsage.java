package dev.ss.worker.run;

import dev.ss.job.CpuTime;
import dev.ss.job.Resources;
import java.util.Collection;
import java.util.Optional;

/**
 * What an attempt uses, as the kernel counts it for the attempt's cgroup: everything, whichever
 * process it was. Only the peak of memory is not counted before Linux 5.19; then it is what looks
 * see.
 */
final class CgroupUsage implements Usage {
  private final Cgroup cgroup;
  private final boolean countsPeak;
  private volatile long peakSeen;

  CgroupUsage(Cgroup cgroup) {
    this.cgroup = cgroup;
    this.countsPeak = cgroup.peakMemory().isPresent();
  }

  @Override
  public boolean needsLooks() {
    return !countsPeak;
  }

  @Override
  public synchronized void look() {
    cgroup.memory().ifPresent(now -> peakSeen = Math.max(peakSeen, now));
  }

  @Override
  public void lookEverywhere() {
    look();
  }

  @Override
  public void lookAt(Collection<Long> pids) {
    look();
  }

  @Override
  public double seconds() {
    return cgroup.cpu().map(CpuTime::seconds).orElse(0.0);
  }

  @Override
  public Resources end(Optional<CpuTime> waitedFor) {
    Optional<Long> peak =
        cgroup.peakMemory().or(() -> Optional.of(peakSeen).filter(seen -> seen > 0));
    return new Resources(cgroup.cpu(), peak, !countsPeak);
  }

  @Override
  public boolean ranOutOfMemory() {
    return cgroup.killsForMemory() > 0;
  }
}
