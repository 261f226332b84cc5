package dev.ss.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.worker.run.LiveStream.Extent;
import dev.ss.worker.run.LiveStream.Part;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptBytesTest {
  @TempDir private Path directory;

  @ParameterizedTest
  @CsvSource({
    "1000, 0, 400", "1000, 0, 1000", "1000, 0, 1001", "1000, 0, 300000",
    "500, 500, 400", "500, 500, 1000", "500, 500, 1001", "500, 500, 300000",
    "200000, 0, 190000", "200000, 0, 300000", "100000, 100000, 199999", "100000, 100000, 700001",
    "0, 0, 10", "1, 0, 10", "2, 1, 10"
  })
  void theBeginningIsKeptAndAsMuchOfTheEndAsFits(int head, int tail, int written) throws Exception {
    byte[] bytes = new byte[written];
    new Random(written).nextBytes(bytes);
    try (KeptBytes kept = new KeptBytes(head, tail, directory.resolve("kept"))) {
      Random sizes = new Random(head);
      for (int done = 0; done < written; ) {
        int length = Math.min(written - done, 1 + sizes.nextInt(16 * 1024));
        kept.add(Arrays.copyOfRange(bytes, done, done + length), length);
        done += length;
      }

      int tailStart = Math.max(Math.min(head, written), written - tail);
      assertThat(kept.extent()).isEqualTo(new Extent(written, Math.min(head, written), tailStart));
      ByteArrayOutputStream expected = new ByteArrayOutputStream();
      expected.write(bytes, 0, Math.min(head, written));
      expected.write(bytes, tailStart, written - tailStart);
      assertThat(readAll(kept, 7_000)).isEqualTo(expected.toByteArray());
    }
    assertThat(directory).isEmptyDirectory();
  }

  private static byte[] readAll(KeptBytes kept, int max) throws Exception {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    long position = 0;
    for (Optional<Part> part = kept.read(0, max);
        part.isPresent();
        part = kept.read(position, max)) {
      assertThat(part.get().position()).isGreaterThanOrEqualTo(position);
      all.writeBytes(part.get().bytes());
      position = part.get().end();
    }
    return all.toByteArray();
  }

  @Test
  void onceStoppedItKeepsTheBeginningAndCounts() throws Exception {
    try (KeptBytes kept = new KeptBytes(10, 10, directory.resolve("kept"))) {
      kept.add(new byte[15], 15);
      kept.stop();
      kept.add(new byte[5], 5);

      assertThat(kept.extent()).isEqualTo(new Extent(20, 10, 20));
      assertThat(readAll(kept, 100)).hasSize(10);
    }
  }
}
