package dev.ss.worker.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectoryRemovalTest {
  @TempDir private Path parent;

  /** Removes a directory in a process that permissions bind. */
  static final class Main {
    private Main() {}

    public static void main(String[] arguments) throws IOException {
      DirectoryRemoval.remove(Path.of(arguments[0]));
    }
  }

  private int removeBoundByPermissions(Path directory) throws Exception {
    assumeTrue(!ChildJvm.isRoot() || sh("command -v setpriv") == 0, "root needs setpriv for it");
    return ChildJvm.startBoundByPermissions(Main.class, directory.toString()).waitFor();
  }

  private int sh(String script) throws Exception {
    return new ProcessBuilder("sh", "-c", script)
        .directory(parent.toFile())
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  @Test
  void directoriesThatNobodyMayWriteToOrReadAreRemoved() throws Exception {
    sh(
        "mkdir -p d/a/b/c d/e; touch d/a/b/f; chmod 000 d/a/b/c; chmod 555 d/a/b d/a; chmod 0 d/e d");

    assertThat(removeBoundByPermissions(parent.resolve("d"))).isZero();

    assertThat(parent.resolve("d")).doesNotExist();
  }

  @Test
  void directoriesNestedDeeperThanAnyPathIsLongAreRemoved() throws Exception {
    Path nested = Files.createDirectory(parent.resolve("0"));
    for (int depth = 1; depth <= 3000; depth++) {
      Path around = Files.createDirectory(parent.resolve(Integer.toString(depth)));
      Files.createFile(around.resolve("file"));
      Files.move(nested, around.resolve("nested"));
      nested = around;
    }

    DirectoryRemoval.remove(nested);

    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void whatALinkPointsToStays() throws Exception {
    sh("mkdir -p kept d/a; touch kept/file; ln -s ../kept d/link; ln -s ../../kept d/a/link");

    DirectoryRemoval.remove(parent.resolve("d"));

    assertThat(parent.resolve("d")).doesNotExist();
    assertThat(parent.resolve("kept").resolve("file")).exists();
  }

  @Test
  void anErrorDoesNotStopTheRemovalOfTheRest() throws Exception {
    assumeTrue(ChildJvm.isRoot(), "only root can make a directory of another user");
    sh("mkdir -p d/a d/b/other d/z; touch d/b/other/file d/z/file; chown -R 65534 d/b/other");

    assertThat(removeBoundByPermissions(parent.resolve("d"))).isNotZero();

    assertThat(parent.resolve("d")).isDirectoryNotContaining("glob:**/{a,z}");
    assertThat(parent.resolve("d/b/other/file")).exists();
  }

  @Test
  void whatIsNotThereNeedsNoRemoval() throws Exception {
    DirectoryRemoval.remove(parent.resolve("nothing"));

    assertThat(parent.resolve("nothing")).doesNotExist();
  }
}
