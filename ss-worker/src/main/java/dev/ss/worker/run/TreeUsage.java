package dev.ss.worker.run;

import dev.ss.job.CpuTime;
import dev.ss.job.Resources;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What the processes of an attempt use, as looks at them tell. A look sees the command, its
 * descendants, and those of them whose parents have ended since. Thread-safe.
 *
 * <p>It is a lower bound: a process that lives only between two looks is counted only if its parent
 * waits for it, and memory only at the looks.
 */
final class TreeUsage implements Usage {
  private static final int MAX_BYTES = 65_536;

  private final ProcessTree tree;
  private final long command;

  /** The processes that lived at the last look. */
  private Map<Long, ProcessLook> living = Map.of();

  /** What processes had used at their last look for which no process of the attempt has waited. */
  private CpuTime lost = CpuTime.NONE;

  private CpuTime most = CpuTime.NONE;
  private volatile double seconds;
  private long peak;
  private boolean looked;

  TreeUsage(ProcessTree tree) {
    this.tree = tree;
    this.command = tree.pid();
  }

  @Override
  public boolean needsLooks() {
    return true;
  }

  @Override
  public synchronized void look() {
    take(looksAt(Stream.concat(Stream.of(command), living.keySet().stream()).toList()));
  }

  /** Also finds processes whose parents had ended before any look at them. */
  @Override
  public synchronized void lookEverywhere() {
    take(looksAt(tree.pids()));
  }

  @Override
  public synchronized void lookAt(Collection<Long> pids) {
    take(looksAt(Stream.concat(pids.stream(), living.keySet().stream()).toList()));
  }

  /** Looks at the processes from these on, each with its descendants. */
  private Map<Long, ProcessLook> looksAt(Collection<Long> from) {
    Map<Long, ProcessLook> found = new HashMap<>();
    Deque<Long> next = new ArrayDeque<>(from);
    while (!next.isEmpty()) {
      long pid = next.remove();
      if (!found.containsKey(pid)) {
        ProcessLook.at(pid)
            .filter(this::isNotAnother)
            .ifPresent(
                look -> {
                  found.put(pid, look);
                  next.addAll(children(pid));
                });
      }
    }
    return found;
  }

  /** False for a process that has got the id of one that has ended. */
  private boolean isNotAnother(ProcessLook look) {
    ProcessLook before = living.get(look.pid());
    return before == null || before.isSameProcessAs(look);
  }

  private static List<Long> children(long pid) {
    String[] threads = new File("/proc/" + pid + "/task").list();
    return threads == null
        ? List.of()
        : Stream.of(threads).flatMap(thread -> children(pid, thread)).toList();
  }

  private static Stream<Long> children(long pid, String thread) {
    try (InputStream file = new FileInputStream("/proc/" + pid + "/task/" + thread + "/children")) {
      String text = new String(file.readNBytes(MAX_BYTES), StandardCharsets.US_ASCII).strip();
      return text.isEmpty() ? Stream.of() : Stream.of(text.split(" ", -1)).map(Long::valueOf);
    } catch (IOException gone) { // or a kernel without this file
      return Stream.of();
    }
  }

  private void take(Map<Long, ProcessLook> now) {
    for (ProcessLook before : living.values()) {
      if (!now.containsKey(before.pid()) && nobodyWaitedFor(before)) {
        lost = lost.plus(before.cpu());
      }
    }
    living = now;
    looked |= !now.isEmpty();
    CpuTime seen = now.values().stream().map(ProcessLook::cpu).reduce(lost, CpuTime::plus);
    most = seen.seconds() > most.seconds() ? seen : most;
    seconds = most.seconds();
    now.values().forEach(look -> peak = Math.max(peak, look.peak()));
    peak = Math.max(peak, together(now));
  }

  /** Its parent was none of the attempt's; the worker itself waits for the command. */
  private boolean nobodyWaitedFor(ProcessLook look) {
    return look.pid() != command && !living.containsKey(look.parent());
  }

  /** The memory of these processes. Reads what they share only if the sum may be a new peak. */
  private long together(Map<Long, ProcessLook> now) {
    List<ProcessLook> own =
        now.values().stream()
            .filter(look -> !now.containsKey(look.parent()) || !borrows(look, now))
            .toList();
    long resident = own.stream().mapToLong(ProcessLook::resident).sum();
    return own.size() == 1 || resident <= peak
        ? resident
        : own.stream()
            .mapToLong(look -> ProcessLook.proportional(look.pid()).orElse(look.resident()))
            .sum();
  }

  private static boolean borrows(ProcessLook look, Map<Long, ProcessLook> now) {
    ProcessLook parent = now.get(look.parent());
    return parent != null && look.hasTheMemoryOf(parent);
  }

  @Override
  public double seconds() {
    return seconds;
  }

  /** Without a cgroup, this cannot be told from other ends by the signal KILL. */
  @Override
  public boolean ranOutOfMemory() {
    return false;
  }

  @Override
  public synchronized Resources end(Optional<CpuTime> waitedFor) {
    Optional<CpuTime> seen = looked ? Optional.of(most) : Optional.empty();
    Optional<CpuTime> known = waitedFor.map(this::withOthers);
    Optional<CpuTime> more =
        Stream.concat(seen.stream(), known.stream())
            .reduce((one, other) -> one.seconds() > other.seconds() ? one : other);
    return new Resources(more, peak > 0 ? Optional.of(peak) : Optional.empty(), true);
  }

  /** Looks once more, and adds the processes that no parent has waited for. */
  private CpuTime withOthers(CpuTime waitedFor) {
    if (living.isEmpty()) {
      return waitedFor.plus(lost);
    }
    take(looksAt(living.keySet()));
    return living.values().stream()
        .filter(look -> look.pid() != command)
        .map(ProcessLook::cpu)
        .reduce(waitedFor.plus(lost), CpuTime::plus);
  }
}
