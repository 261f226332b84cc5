package dev.ss.worker.run;

import dev.ss.job.Limits;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A kind of limit in a job type's {@code limits}. */
enum Limit {
  MEMORY,
  PROCESSES,
  CPU,
  FILES,
  DESCRIPTORS;

  /** The limits that are set. */
  static Set<Limit> in(Limits limits) {
    Set<Limit> all = EnumSet.allOf(Limit.class);
    all.removeIf(limit -> limit.value(limits).isEmpty());
    return all;
  }

  private Optional<? extends Number> value(Limits limits) {
    return switch (this) {
      case MEMORY -> limits.memory();
      case PROCESSES -> limits.processes();
      case CPU -> limits.cpu();
      case FILES -> limits.files();
      case DESCRIPTORS -> limits.descriptors();
    };
  }

  /** The key in config.yml. */
  String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The value of a limit that is set, as a whole number. */
  long of(Limits limits) {
    return value(limits).orElseThrow().longValue();
  }
}
