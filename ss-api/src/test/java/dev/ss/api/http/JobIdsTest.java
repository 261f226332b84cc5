package dev.ss.api.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JobIdsTest {
  @Test
  void aUuidInLowerCaseIsAJobId() {
    assertThat(JobIds.parse("019ab000-0000-7000-8000-000000000000"))
        .isEqualTo(new UUID(0x019a_b000_0000_7000L, 0x8000_0000_0000_0000L));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        "019AB000-0000-7000-8000-000000000000",
        "019ab000-0000-7000-8000-00000000000",
        "019ab000-0000-7000-8000-0000000000000",
        "019ab000000070008000000000000000",
        "{019ab000-0000-7000-8000-000000000000}",
        "0-0-0-0-0",
        " ",
        "019ab000-0000-7000-8000-00000000000ß",
        "😀",
        "' or '1'='1",
      })
  void anythingElseIsRefused(String text) {
    assertThat(catchThrowableOfType(ProblemException.class, () -> JobIds.parse(text)).code())
        .isEqualTo(ProblemCode.INVALID_JOB_ID);
  }
}
