package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A SQLite file that is taken away, replaced or damaged while it is open. */
class DatabaseFileTest {
  private static final int PAGE = 4096;

  @TempDir private Path directory;
  private Path file;
  private TestStore store;

  @BeforeEach
  void open() throws Exception {
    file = directory.resolve("ss.db");
    store = TestStore.open(TestStore.sqlite(file));
    store.submit();
    store.database().ping();
  }

  @AfterEach
  void close() {
    store.close();
  }

  private void assertNothingIsDone(String reason) {
    assertThatThrownBy(() -> store.database().ping())
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining(reason);
    assertThatThrownBy(() -> store.submit())
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining(reason);
    assertThatThrownBy(() -> store.rows("jobs"))
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void nothingIsReadOrWrittenInAFileThatHasBeenDeleted() throws Exception {
    Files.delete(file);

    assertNothingIsDone("no longer where it was opened");
  }

  @Test
  void aFileThatIsPutBackIsUsedAgain() throws Exception {
    Path away = directory.resolve("away");
    Files.move(file, away);
    assertNothingIsDone("no longer where it was opened");

    Files.move(away, file);

    assertThatNoException().isThrownBy(() -> store.database().ping());
    store.submit();
  }

  @Test
  void aFileThatHasBeenReplacedIsNotUsedAgainWhateverFollows() throws Exception {
    Path away = directory.resolve("away");
    Files.move(file, away);
    Files.copy(away, file);
    assertNothingIsDone("has been replaced");

    Files.delete(file);
    assertNothingIsDone("has been replaced");
    Files.move(away, file);
    assertNothingIsDone("has been replaced");
  }

  @Test
  void aConnectionNeverMakesAnEmptyFileWhereTheOldOneWas() throws Exception {
    Files.delete(file);

    assertThatThrownBy(() -> store.database().connect("test").close())
        .hasMessageContaining("SQLITE_CANTOPEN");
  }

  @Test
  void damageThatAnyTransactionMeetsIsFoundByTheNextLook() throws Exception {
    IntStream.range(0, 300).forEach(i -> store.submit());
    store.close();
    store = TestStore.open(TestStore.sqlite(file));
    damage(file);

    assertThatThrownBy(() -> store.submit())
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("damaged")
        .hasMessageContaining("SQLITE_CORRUPT");

    assertThatThrownBy(() -> store.database().ping())
        .isInstanceOf(DatabaseUnavailableException.class)
        .hasMessageContaining("SQLITE_CORRUPT");
  }

  /** Everything but the first page. */
  private static void damage(Path file) throws IOException {
    try (RandomAccessFile bytes = new RandomAccessFile(file.toFile(), "rw")) {
      byte[] noise = new byte[PAGE];
      Arrays.fill(noise, (byte) 0xa5);
      for (long at = PAGE; at < bytes.length(); at += PAGE) {
        bytes.seek(at);
        bytes.write(noise);
      }
    }
  }
}
