package dev.ss.config;

import dev.ss.job.Limits;
import io.dropwizard.util.DataSize;
import io.dropwizard.util.DataSizeUnit;
import io.dropwizard.validation.MinDataSize;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Configures what one attempt of a job type may use. What is left out has no limit. */
record LimitsSection(
    @Meaning(
            value =
                "how much memory all processes of an attempt may use together, with cgroup v2. "
                    + "Without it: how much data each of them may map",
            defaultText = "no limit")
        @MinDataSize(value = 1, unit = DataSizeUnit.MEBIBYTES)
        @Nullable DataSize memory,
    @Meaning(
            value =
                "how many processes and threads an attempt may have. Needs cgroup v2, or a user "
                    + "for each slot in `worker.runAs`",
            defaultText = "no limit")
        @Min(1)
        @Max(1_000_000)
        @Nullable Long processes,
    @Meaning(
            value =
                "how many processors' time an attempt may use, such as 2 or 0.5. Needs cgroup v2",
            defaultText = "no limit")
        @DecimalMin("0.01")
        @DecimalMax("1000")
        @Nullable Double cpu,
    @Meaning(
            value =
                "the maximum size of each file that an attempt writes. Nothing limits how many "
                    + "files it writes",
            defaultText = "no limit")
        @MinDataSize(1)
        @Nullable DataSize files,
    @Meaning(
            value = "how many files each process of an attempt may have open",
            defaultText = "no limit")
        @Min(16)
        @Max(1_000_000)
        @Nullable Long descriptors) {

  /** The section of a job type that leaves it out. */
  static LimitsSection none() {
    return new LimitsSection(null, null, null, null, null);
  }

  Limits limits() {
    return new Limits(
        Optional.ofNullable(memory).map(DataSize::toBytes),
        Optional.ofNullable(processes),
        Optional.ofNullable(cpu),
        Optional.ofNullable(files).map(DataSize::toBytes),
        Optional.ofNullable(descriptors));
  }
}
