package dev.ss.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CredentialsTest {
  @ParameterizedTest
  @ValueSource(strings = {"Bearer t0ken", "bearer t0ken", " BEARER   t0ken "})
  void aBearerTokenIsTheToken(String header) {
    assertThat(Credentials.token(header)).contains("t0ken");
  }

  @Test
  void thePasswordOfBasicIsTheTokenWhateverTheUser() {
    assertThat(Credentials.token(basic("anybody:t0ken"))).contains("t0ken");
    assertThat(Credentials.token(basic(":t0ken"))).contains("t0ken");
    assertThat(Credentials.token(basic("u:with:colons"))).contains("with:colons");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Basic !!!", "Basic bm8tY29sb24=", "Digest x", "t0ken"})
  void anythingElseHasNoToken(String header) {
    assertThat(Credentials.token(header)).isEmpty();
  }

  private static String basic(String pair) {
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }
}
