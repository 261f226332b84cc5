package dev.ss.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.Progress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProgressFileTest {
  @TempDir private Path directory;
  private Path path;
  private ProgressFile file;

  @BeforeEach
  void create() throws Exception {
    path = directory.resolve("progress");
    file = ProgressFile.create(path);
  }

  @AfterEach
  void close() throws Exception {
    file.close();
    assertThat(path).doesNotExist();
  }

  private Optional<Progress> afterAppending(String text) throws Exception {
    Files.writeString(path, text, StandardOpenOption.APPEND);
    return file.read();
  }

  private static Optional<Progress> progress(double fraction, String message) {
    return Optional.of(
        new Progress(fraction, Optional.of(message).filter(text -> !text.isEmpty())));
  }

  @Test
  void theLastWholeLineCounts() throws Exception {
    assertThat(file.read()).isEmpty();
    assertThat(afterAppending("0.1 Opening\n0.42 Reading rows\n0.5 Wri"))
        .isEqualTo(progress(0.42, "Reading rows"));
    assertThat(afterAppending("ting rows\n")).isEqualTo(progress(0.5, "Writing rows"));
    assertThat(afterAppending("1\n")).isEqualTo(progress(1, ""));
  }

  @Test
  void aCommandMayWriteTheFileAnew() throws Exception {
    afterAppending("0.1 a long line about the beginning\n");
    Files.writeString(path, ".9\n", StandardOpenOption.TRUNCATE_EXISTING);

    assertThat(file.read()).isEqualTo(progress(0.9, ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"half\n", "2 Reading\n", "-0.1\n", "0.5e3\n", "50%\n", "\n", "NaN x\n"})
  void aLineOfAnotherFormSaysNothing(String line) throws Exception {
    assertThat(afterAppending(line)).isEmpty();
  }

  @Test
  void aMessageIsShortAndHasNoControlCharacters() throws Exception {
    assertThat(afterAppending("0.5 \u001b[31mred\u001b[0m\tnow\n"))
        .isEqualTo(progress(0.5, "[31mred [0m now"));
    assertThat(afterAppending("0.6 " + "x".repeat(500) + "\n"))
        .isEqualTo(progress(0.6, "x".repeat(200)));
    assertThat(afterAppending("0.7 " + "x".repeat(5_000) + "\n")).isEmpty();
  }

  /** The worker could wait for ever for somebody to write into a pipe, or read another's file. */
  @Test
  void whatACommandPutsInItsPlaceIsNotOpened() throws Exception {
    Files.delete(path);
    Files.createSymbolicLink(path, Files.writeString(directory.resolve("secret"), "0.3 secret\n"));

    assertThat(file.read()).isEmpty();
  }

  @Test
  void textThatIsNotUtf8HarmsNothing() throws Exception {
    Files.write(path, "0.5 gr\u00fc\u00dfe\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThat(file.read().orElseThrow().fraction()).isEqualTo(0.5);
  }
}
