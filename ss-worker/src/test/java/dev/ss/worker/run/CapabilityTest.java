package dev.ss.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CapabilityTest {
  @Test
  void whatAProcessLacksIsReadFromItsStatus() {
    assertThat(Capability.lackingIn("Name:\tjava\nCapEff:\t000001ffffffffff\n")).isEmpty();
    // Docker's default for root.
    assertThat(Capability.lackingIn("CapEff:\t00000000a80425fb\n"))
        .containsExactly(Capability.CAP_SYS_PTRACE);
    assertThat(Capability.lackingIn("CapEff:\t0000000000000000\n"))
        .containsExactly(Capability.values());
  }
}
