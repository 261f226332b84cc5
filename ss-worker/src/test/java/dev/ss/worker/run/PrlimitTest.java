package dev.ss.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PrlimitTest {
  /** As proc(5) shows them. */
  private static final String LIMITS =
      """
      Limit                     Soft Limit           Hard Limit           Units
      Max data size             unlimited            unlimited            bytes
      Max open files            1024                 4096                 files
      """;

  private final Commands commands = new Commands(List.of(), Optional.of("/nowhere"));

  @Test
  void theWorkersOwnHardLimitsAreTheMaximum() {
    assertThat(Prlimit.maximum("Max open files", LIMITS)).isEqualTo(4096);
    assertThat(Prlimit.maximum("Max data size", LIMITS)).isEqualTo(Long.MAX_VALUE);
    assertThat(Prlimit.maximum("Max processes", LIMITS)).isEqualTo(Long.MAX_VALUE);
  }

  @Test
  void withoutTheProgramNothingIsEnforced() {
    assertThat(Prlimit.installed(commands, true).obstacle(Limit.FILES))
        .contains("there is no program prlimit (util-linux)");
  }
}
