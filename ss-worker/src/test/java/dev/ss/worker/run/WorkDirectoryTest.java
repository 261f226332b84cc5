package dev.ss.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkDirectoryTest {
  @TempDir private Path directory;

  /** The database is in the first of them, and the worker may be the first to be there. */
  @Test
  void everyDirectoryItMakesIsTheOwnersAlone() throws Exception {
    Path data = directory.resolve("data");

    WorkDirectory.take(data.resolve("work"), "worker-1");

    for (Path made : new Path[] {data, data.resolve("work")}) {
      assertThat(Files.getPosixFilePermissions(made))
          .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }
  }
}
