package dev.ss.worker.metrics;

import com.codahale.metrics.Histogram;
import com.codahale.metrics.Meter;
import dev.ss.bridge.BridgeRegistry;
import dev.ss.bridge.Family1;
import dev.ss.bridge.Family2;
import dev.ss.bridge.Label;
import dev.ss.bridge.LabelPair;
import dev.ss.job.CommandStream;
import dev.ss.job.CpuTime;
import dev.ss.job.Output;
import dev.ss.job.RunResult;
import dev.ss.metrics.Catalogue;
import dev.ss.metrics.Guard;
import dev.ss.metrics.JobTypeLabel;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/** Adds up what attempts read, write and use, each after its start or end is committed. */
public final class CostMetrics {
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Set<String> jobTypes;
  private final Map<String, CpuSeconds> cpu = new HashMap<>();
  private final Family1<String, Histogram> peakMemory;
  private final Family1<String, Histogram> inputs;
  private final Family2<String, CommandStream, Histogram> outputs;
  private final Family2<String, CommandStream, Meter> truncated;
  private final Guard guard = new Guard();

  private enum Mode {
    USER,
    SYSTEM
  }

  private record CpuSeconds(LongAdder user, LongAdder system) {
    void add(CpuTime time) {
      user.add(time.user().toNanos());
      system.add(time.system().toNanos());
    }
  }

  /**
   * Declares the families.
   *
   * @param jobTypes the names of the configured types; jobs of a type that is no longer configured
   *     appear as {@code _other}
   */
  public CostMetrics(BridgeRegistry registry, Collection<String> jobTypes) {
    this.jobTypes = Set.copyOf(jobTypes);
    Stream.concat(jobTypes.stream(), Stream.of(Catalogue.OTHER_JOB_TYPE))
        .forEach(each -> cpu.put(each, cpu(registry, each)));
    Label<String> type = JobTypeLabel.of(jobTypes);
    Label<CommandStream> stream = Label.ofEnum("stream", CommandStream.class);
    peakMemory = registry.family(Catalogue.JOB_RUN_PEAK_MEMORY.spec(), type);
    inputs = registry.family(Catalogue.JOB_INPUT_BYTES.spec(), type);
    outputs = registry.family(Catalogue.JOB_OUTPUT_BYTES.spec(), type, stream);
    truncated = registry.family(Catalogue.JOB_OUTPUT_TRUNCATED.spec(), type, stream);
  }

  private static CpuSeconds cpu(BridgeRegistry registry, String jobType) {
    CpuSeconds seconds = new CpuSeconds(new LongAdder(), new LongAdder());
    LabelPair type = JobTypeLabel.is(jobType);
    Label<Mode> mode = Label.ofEnum("mode", Mode.class);
    registry.read(
        Catalogue.JOB_RUN_CPU.spec(), () -> seconds(seconds.user()), type, mode.is(Mode.USER));
    registry.read(
        Catalogue.JOB_RUN_CPU.spec(), () -> seconds(seconds.system()), type, mode.is(Mode.SYSTEM));
    return seconds;
  }

  private static double seconds(LongAdder nanos) {
    return nanos.sum() / NANOS_PER_SECOND;
  }

  private String shown(String jobType) {
    return jobTypes.contains(jobType) ? jobType : Catalogue.OTHER_JOB_TYPE;
  }

  /** An attempt has been started, on an input of this many bytes. */
  public void started(String jobType, long inputSize) {
    guard.count(() -> inputs.with(jobType).update(inputSize));
  }

  /** The command of an attempt has ended with this result. */
  public void ended(String jobType, RunResult result) {
    guard.count(
        () -> {
          result.resources().cpu().ifPresent(time -> cpuOf(jobType).add(time));
          result
              .resources()
              .peakMemory()
              .ifPresent(bytes -> peakMemory.with(jobType).update(bytes));
          written(jobType, CommandStream.OUTPUT, result.stdout());
          written(jobType, CommandStream.LOG, result.stderr());
        });
  }

  private CpuSeconds cpuOf(String jobType) {
    return Objects.requireNonNull(cpu.get(shown(jobType)));
  }

  private void written(String jobType, CommandStream stream, Output output) {
    outputs.with(jobType, stream).update(output.written());
    if (output.truncated()) {
      truncated.with(jobType, stream).mark();
    }
  }
}
