package dev.ss.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TokenAccessTest {
  @TempDir private Path directory;

  @Test
  void aRequestNeedsATokenThatAllowsWhatItDoes() throws IOException {
    TokenAccess access = new TokenAccess(file("reader", "read"));

    assertThat(access.admit(Optional.empty(), Permission.READ))
        .isEqualTo(new Admission.Unknown(DenialReason.NO_TOKEN));
    assertThat(access.admit(Optional.of("Digest x"), Permission.READ))
        .isEqualTo(new Admission.Unknown(DenialReason.NO_TOKEN));
    assertThat(access.admit(bearer("another"), Permission.READ))
        .isEqualTo(new Admission.Unknown(DenialReason.BAD_TOKEN));
    assertThat(access.admit(bearer("reader"), Permission.READ))
        .isInstanceOfSatisfying(
            Admission.Granted.class, granted -> assertThat(granted.caller().name()).isEqualTo("a"));
    assertThat(access.admit(bearer("reader"), Permission.OPERATE))
        .isInstanceOfSatisfying(
            Admission.Forbidden.class,
            forbidden -> assertThat(forbidden.missing()).isEqualTo(Permission.OPERATE));
  }

  @Test
  void aChangedFileIsReadAgain() throws IOException {
    TokenAccess access = new TokenAccess(file("old", "read"));
    file("new", "read");

    access.refresh();

    assertThat(access.admit(bearer("old"), Permission.READ)).isInstanceOf(Admission.Unknown.class);
    assertThat(access.admit(bearer("new"), Permission.READ)).isInstanceOf(Admission.Granted.class);
  }

  @Test
  void aFileThatHasBecomeInvalidOrIsGoneChangesNothing() throws IOException {
    Path file = file("token", "read");
    TokenAccess access = new TokenAccess(file);

    Files.writeString(file, "tokens: [");
    access.refresh();
    assertThat(access.admit(bearer("token"), Permission.READ))
        .isInstanceOf(Admission.Granted.class);

    Files.delete(file);
    access.refresh();
    assertThat(access.admit(bearer("token"), Permission.READ))
        .isInstanceOf(Admission.Granted.class);

    file("next", "read");
    access.refresh();
    assertThat(access.admit(bearer("next"), Permission.READ)).isInstanceOf(Admission.Granted.class);
  }

  @Test
  void aFileThatCannotBeUsedAtFirstIsAnError() throws IOException {
    assertThatThrownBy(() -> new TokenAccess(directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
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
