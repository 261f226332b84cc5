package dev.ss.boot;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class BuildInfoTest {
  private final BuildInfo info = BuildInfo.read();

  @Test
  void theVersionIsTheBuilds() {
    assertThat(info.version()).matches("\\d+\\.\\d+\\.\\d+(-SNAPSHOT)?");
  }

  @Test
  void theRevisionIsACommitOrKnownToBeUnknown() {
    assertThat(info.revision()).matches("[0-9a-f]{7,40}|unknown");
  }

  @Test
  void javaIsTheOneThatRuns() {
    assertThat(info.java()).startsWith(Integer.toString(Runtime.version().feature()));
  }
}
