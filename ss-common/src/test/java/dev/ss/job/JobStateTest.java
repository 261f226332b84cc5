package dev.ss.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class JobStateTest {

  /** They are in databases and in clients: a contract. */
  @Test
  void theWireNamesAreThese() {
    assertThat(Arrays.stream(JobState.values()).map(JobState::wireName))
        .containsExactly("queued", "running", "succeeded", "failed", "cancelled");
  }

  @ParameterizedTest
  @EnumSource
  void aStateIsFoundByItsWireName(JobState state) {
    assertThat(JobState.ofWireName(state.wireName())).contains(state);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "QUEUED", "Running", "done", " failed"})
  void nothingElseIsAState(String name) {
    assertThat(JobState.ofWireName(name)).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(names = {"SUCCEEDED", "FAILED", "CANCELLED"})
  void whatOnlyARetryCanChangeIsFinal(JobState state) {
    assertThat(state.isFinal()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(names = {"QUEUED", "RUNNING"})
  void whatIsStillToBeDoneIsNotFinal(JobState state) {
    assertThat(state.isFinal()).isFalse();
  }

  @Test
  void theErrorCodesAreThese() {
    assertThat(Arrays.stream(ErrorCode.values()).map(ErrorCode::wireName))
        .containsExactly(
            "command_failed",
            "timed_out",
            "out_of_memory",
            "cancelled",
            "interrupted",
            "worker_lost",
            "could_not_run");
  }
}
