package dev.ss.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenAccessTest {
  @TempDir private Path directory;

  @Test
  void aTokenOfTheFileSaysWhoItsHolderIs() throws IOException {
    TokenAccess access = new TokenAccess(file("reader", "read"));

    assertThat(access.identify(Optional.empty()))
        .isEqualTo(new Identity.Unknown(DenialReason.NO_TOKEN));
    assertThat(access.identify(Optional.of("Digest x")))
        .isEqualTo(new Identity.Unknown(DenialReason.NO_TOKEN));
    assertThat(access.identify(bearer("another")))
        .isEqualTo(new Identity.Unknown(DenialReason.BAD_TOKEN));
    assertThat(access.identify(bearer("reader")))
        .isEqualTo(
            new Identity.Known(
                new Caller(Optional.of("a"), Set.of(Permission.READ), Optional.empty())));
  }

  @Test
  void aChangedFileIsReadAgain() throws IOException {
    TokenAccess access = new TokenAccess(file("old", "read"));
    file("new", "read");

    access.refresh();

    assertThat(access.identify(bearer("old"))).isInstanceOf(Identity.Unknown.class);
    assertThat(access.identify(bearer("new"))).isInstanceOf(Identity.Known.class);
  }

  @Test
  void aFileThatHasBecomeInvalidOrIsGoneChangesNothing() throws IOException {
    Path file = file("token", "read");
    TokenAccess access = new TokenAccess(file);

    Files.writeString(file, "tokens: [");
    access.refresh();
    assertThat(access.identify(bearer("token"))).isInstanceOf(Identity.Known.class);

    Files.delete(file);
    access.refresh();
    assertThat(access.identify(bearer("token"))).isInstanceOf(Identity.Known.class);

    file("next", "read");
    access.refresh();
    assertThat(access.identify(bearer("next"))).isInstanceOf(Identity.Known.class);
  }

  @Test
  void aFileThatCannotBeUsedAtFirstIsAnError() throws IOException {
    assertThatThrownBy(() -> new TokenAccess(directory.resolve("none")))
        .isInstanceOf(IOException.class)
        .hasMessage("there is no such file");
    Path file = Files.writeString(directory.resolve("tokens.yml"), "tokens: []");
    assertThatThrownBy(() -> new TokenAccess(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("tokens: the file has none");
    Files.write(file, new byte[(1 << 20) + 1]);
    assertThatThrownBy(() -> new TokenAccess(file))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("larger than");
  }

  private Path file(String token, String allow) throws IOException {
    return Files.writeString(
        directory.resolve("tokens.yml"),
        "tokens: [{name: a, sha256: %s, allow: [%s]}]".formatted(Tokens.sha256(token), allow));
  }

  private static Optional<String> bearer(String token) {
    return Optional.of("Bearer " + token);
  }
}
