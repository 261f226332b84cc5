package dev.ss.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParameterTest {
  private static boolean accepts(String pattern, String value) {
    return new Parameter(Pattern.compile(pattern), Optional.empty()).accepts(value);
  }

  @Test
  void theWholeValueMatchesThePattern() {
    assertThat(accepts("[0-9]+x[0-9]+", "80x60")).isTrue();
    assertThat(accepts("[0-9]+x[0-9]+", "80x60 ")).isFalse();
    assertThat(accepts("[0-9]+x[0-9]+", "-80x60")).isFalse();
    assertThat(accepts("a|b", "ab")).isFalse();
    assertThat(accepts("^a$", "a\n")).isFalse();
    assertThat(accepts("", "")).isTrue();
  }

  @Test
  void aValueHasAtMostAThousandCharacters() {
    assertThat(accepts(".*", "x".repeat(1000))).isTrue();
    assertThat(accepts(".*", "x".repeat(1001))).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"\0", "\n", "\r", "\u001b", "\u007f", "\u0085", "\ud800", "\udc00x"})
  void noPatternLetsControlCharactersAndHalvesOfCharactersPass(String value) {
    assertThat(accepts("(?s).*", value)).isFalse();
    assertThat(accepts("(?s).*", "a" + value)).isFalse();
    assertThat(accepts("(?s).*", "grüße 🦆\u00a0")).isTrue();
  }

  /** These would take longer than the universe has existed, or more stack than there is. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "(a+)+b",
        "(a|aa)+b",
        "([a-z]+)*[A-Z]",
        "(.*a){20}b",
        "(a*)*(a*)*(a*)*b",
        "(x|a)*b"
      })
  void aPatternThatNeverEndsRefusesTheValue(String pattern) {
    Assertions.assertTimeoutPreemptively(
        Duration.ofSeconds(20), () -> assertThat(accepts(pattern, "a".repeat(1000))).isFalse());
  }
}
