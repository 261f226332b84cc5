package dev.ss.drill.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

@EnabledOnOs(OS.LINUX)
class LeftoversTest {
  @TempDir private Path parent;
  private Process process;

  private Path newDirectory(String name) throws IOException {
    return Files.createDirectories(parent.toRealPath().resolve(name));
  }

  private void start(Path workDirectory, Path home) throws IOException {
    ProcessBuilder builder = new ProcessBuilder("sleep", "600").directory(workDirectory.toFile());
    builder.environment().put("HOME", home.toString());
    process = builder.start();
  }

  @AfterEach
  void endProcess() {
    process.destroyForcibly();
  }

  @Test
  void aProcessThatWorksBelowTheDirectoryIsEnded() throws Exception {
    Path drills = newDirectory("drills");
    start(newDirectory("drills/kill"), parent);

    new Leftovers(drills).endProcesses();

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aProcessThatHasItsHomeBelowTheDirectoryIsEnded() throws Exception {
    Path drills = newDirectory("drills");
    start(parent, newDirectory("drills/attempt"));

    new Leftovers(drills).endProcesses();

    assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void aProcessOfAnotherDirectoryWhoseNameBeginsTheSameIsSpared() throws Exception {
    Path others = newDirectory("drills-of-others");
    start(others, others);

    new Leftovers(newDirectory("drills")).endProcesses();

    assertThat(process.isAlive()).isTrue();
  }

  @Test
  void afterGoodDrillsNothingIsKept() throws Exception {
    Path drills = newDirectory("drills");
    start(parent, parent);
    Files.createFile(newDirectory("drills/kill").resolve("worker-1.log"));

    Leftovers.main(new String[] {drills.toString(), "0"});

    assertThat(drills).doesNotExist();
  }

  @Test
  void afterAFailedDrillAllIsKeptButTheFilesOfPostgres() throws Exception {
    Path drills = newDirectory("drills");
    start(parent, parent);
    Path log = Files.createFile(newDirectory("drills/kill").resolve("worker-1.log"));
    Path server = newDirectory("drills/postgresql/bin");
    Path stoppable = newDirectory("drills/stoppable/postgresql-data");

    Leftovers.main(new String[] {drills.toString(), "1"});

    assertThat(log).exists();
    assertThat(server).doesNotExist();
    assertThat(stoppable).doesNotExist();
  }
}
