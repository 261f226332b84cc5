package dev.ss.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LabelTest {
  @ParameterizedTest
  @ValueSource(strings = {"t", "team", "example.com/team_1-a", "7"})
  void aKeyIsAName(String key) {
    assertThat(new Label(key, "x").isValid()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "-a", ".a", "a b", "a:b", "ü", "a\n", "%"})
  void otherKeysAreNone(String key) {
    assertThat(new Label(key, "x").isValid()).isFalse();
  }

  @Test
  void keyAndValueHaveAnEnd() {
    assertThat(new Label("k".repeat(63), "v".repeat(200)).isValid()).isTrue();
    assertThat(new Label("k".repeat(64), "v").isValid()).isFalse();
    assertThat(new Label("k", "v".repeat(201)).isValid()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\0", "a\tb", "a\n", "\ud800"})
  void theseValuesAreNone(String value) {
    assertThat(new Label("k", value).isValid()).isFalse();
  }

  @Test
  void aValueMayBeAnyOtherText() {
    assertThat(new Label("k", " grüße: 🦆 %\"' ").isValid()).isTrue();
  }
}
