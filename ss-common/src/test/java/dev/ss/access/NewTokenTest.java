package dev.ss.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NewTokenTest {
  private final SecureRandom random = new SecureRandom();

  @Test
  void itsEntryMakesTheFileKnowIt() throws Exception {
    NewToken made =
        NewToken.make(random, "ci", List.of("submit", "read"), List.of("word-count", "report"));

    Tokens file = TokensFile.parse(("tokens:\n  " + made.entry()).getBytes(StandardCharsets.UTF_8));

    assertThat(file.callerWith(made.token()))
        .contains(
            new Caller(
                Optional.of("ci"),
                Set.of(Permission.SUBMIT, Permission.READ),
                Optional.of(Set.of("word-count", "report"))));
    assertThat(made.toString()).doesNotContain(made.token());
  }

  @Test
  void noTwoAreTheSameAndNoneCanBeGuessed() {
    NewToken one = NewToken.make(random, "a", List.of("read"), List.of());
    NewToken other = NewToken.make(random, "a", List.of("read"), List.of());

    assertThat(one.token()).matches("ss_[A-Za-z0-9_-]{43}").isNotEqualTo(other.token());
  }

  @Test
  void whatTheFileWouldRefuseIsRefusedAtOnce() {
    assertThatThrownBy(() -> NewToken.make(random, "a b", List.of("read"), List.of()))
        .hasMessageStartingWith("name: must be");
    assertThatThrownBy(() -> NewToken.make(random, "a", List.of("rule"), List.of()))
        .hasMessage("allow: must be of scrape, read, submit and operate");
    assertThatThrownBy(() -> NewToken.make(random, "a, name: b", List.of("read"), List.of()))
        .hasMessageStartingWith("malformed");
  }
}
