package dev.ss.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ss.access.TokensFile.InvalidTokensException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokensFileTest {
  private static final String HASH = hash("the-token");
  private static final String OTHER_HASH = hash("the-other-token");

  @Test
  void aTokenIsFoundByItsHash() throws Exception {
    Tokens tokens =
        parse(
            """
            tokens:
              - {name: prometheus, sha256: %s, allow: [scrape]}
              - name: ci
                sha256: %s
                allow: [submit, read]
                jobTypes: [word-count]
            """
                .formatted(HASH, OTHER_HASH.toUpperCase(java.util.Locale.ROOT)));

    assertThat(tokens.callerWith("the-token"))
        .contains(
            new Caller(Optional.of("prometheus"), Set.of(Permission.SCRAPE), Optional.empty()));
    assertThat(tokens.callerWith("the-other-token"))
        .contains(
            new Caller(
                Optional.of("ci"),
                Set.of(Permission.SUBMIT, Permission.READ),
                Optional.of(Set.of("word-count"))));
    assertThat(tokens.callerWith("another")).isEmpty();
    assertThat(tokens.callerWith("")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                                | the file must have the key tokens
          tokens:                                           | tokens: the file has none
          tokens: []                                        | tokens: the file has none
          tokens: word                                      | tokens: has the wrong type
          '[1, 2]'                                          | the file must have the key tokens
          'tokens: [~]'                                     | tokens[0]: is empty
          'tokens: [{sha256: H, allow: [read]}]'            | tokens[0].name: must be
          'tokens: [{name: a b, sha256: H, allow: [read]}]' | tokens[0].name: must be
          'tokens: [{name: a, allow: [read]}]'              | tokens[0].sha256: must be the SHA-256
          'tokens: [{name: a, sha256: abc, allow: [read]}]' | tokens[0].sha256: must be the SHA-256
          'tokens: [{name: a, sha256: H}]'                  | tokens[0].allow: is empty
          'tokens: [{name: a, sha256: H, allow: []}]'       | tokens[0].allow: is empty
          'tokens: [{name: a, sha256: H, allow: read}]'     | tokens[0].allow: has the wrong type
          'tokens: [{name: a, sha256: H, allow: [rule]}]'   | tokens[0].allow: must be of scrape
          'tokens: [{name: a, sha256: H, allow: [~]}]'      | tokens[0].allow: must be of scrape
          'tokens: [{name: a, sha256: H, allow: [read], jobTypes: []}]'  | tokens[0].jobTypes: names no
          'tokens: [{name: a, sha256: H, allow: [read], jobTypes: [~]}]' | tokens[0].jobTypes: names no
          'tokens: [{name: a, sha256: H, allow: [read], alow: 1}]'       | tokens[0].alow: unknown key
          'token: []'                                       | token: unknown key
          'tokens: [{name: a, sha256: H, allow: [read]}'    | malformed YAML at line 1
          'tokens: [{name: a, name: b, sha256: H, allow: [read]}]' | malformed YAML at line 1
          """)
  void anErrorNamesThePlace(String yaml, String message) {
    assertThatThrownBy(() -> parse(yaml.replace("H", HASH)))
        .isInstanceOf(InvalidTokensException.class)
        .hasMessageContaining(message);
  }

  @Test
  void twoTokensHaveNeitherOneNameNorOneHash() {
    String two =
        "tokens: [{name: a, sha256: %s, allow: [read]}, {name: %s, sha256: %s, allow: [read]}]";
    assertThatThrownBy(() -> parse(two.formatted(HASH, "a", OTHER_HASH)))
        .hasMessage("tokens[1].name: another token has this name");
    assertThatThrownBy(() -> parse(two.formatted(HASH, "b", HASH)))
        .hasMessage("tokens[1].sha256: another token has this hash");
  }

  @Test
  void anErrorNeverQuotesAValue() {
    for (String yaml :
        new String[] {
          "tokens: [{name: canary secret, sha256: canary, allow: [canary]}]",
          "tokens: [{name: a, sha256: canary, allow: [canary]}]",
          "tokens: [{name: a, sha256: " + HASH + ", allow: [canary]}]",
          "tokens: canary",
          "canary canary: {",
          "tokens: [{name: a, sha256: " + HASH + ", allow: canary}]"
        }) {
      assertThatThrownBy(() -> parse(yaml)).message().doesNotContain("canary");
    }
  }

  private static Tokens parse(String yaml) throws InvalidTokensException {
    return TokensFile.parse(yaml.getBytes(StandardCharsets.UTF_8));
  }

  private static String hash(String token) {
    return Tokens.sha256(token);
  }
}
