package dev.ss.drill.fault;

import dev.ss.drill.check.Report;
import dev.ss.testkit.process.Shell;
import dev.ss.testkit.process.Waiting;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;

/** Fills the disk that holds the SQLite file for a while. */
final class DiskDrill implements Drill {
  private static final Duration FULL = Duration.ofSeconds(8);
  private static final Duration REFILL = Duration.ofMillis(100);
  private static final byte[] BLOCK = new byte[4096];

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public String fault() {
    return "the disk with the SQLite file full for 8 s";
  }

  @Override
  public Report run(Plan plan) {
    if (!Shell.isRoot()) {
      return Report.skipped(
          name(), fault(), "mounting a small disk needs root; run it as root to have this drill");
    }
    Path disk = plan.directory().resolve("disk");
    try (SmallDisk mounted = SmallDisk.mount(disk);
        Stage stage = Stage.onSqlite(plan, this, mounted.path().resolve("ss.db"))) {
      return run(plan, stage, disk.resolve("filler"));
    }
  }

  /** A small file system that is quickly filled. */
  private record SmallDisk(Path path) implements AutoCloseable {
    static SmallDisk mount(Path path) {
      try {
        Files.createDirectory(path);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      Shell.run(
          List.of("mount", "-t", "tmpfs", "-o", "size=32m,mode=700", "drill", path.toString()));
      return new SmallDisk(path);
    }

    @Override
    public void close() {
      Shell.run(List.of("umount", path.toString()));
    }
  }

  private static Report run(Plan plan, Stage stage, Path filler) {
    stage.start(1, 1).clients().heedless().begin();
    for (int round = 0; round < plan.rounds(2); round++) {
      Waiting.pause(plan.load(8));
      int before = stage.clients().answered("503");
      stage.databaseFault();
      keepFull(filler);
      if (stage.clients().answered("503") == before) {
        stage.find("no submission was answered with 503 while the disk was full");
      }
      remove(filler);
    }
    Waiting.pause(plan.load(8));
    return stage.finish();
  }

  /** Also takes the space that SQLite frees meanwhile, for example when it empties its journal. */
  private static void keepFull(Path filler) {
    long end = System.nanoTime() + FULL.toNanos();
    while (System.nanoTime() - end < 0) {
      fill(filler);
      Waiting.pause(REFILL);
    }
  }

  private static void fill(Path filler) {
    try (OutputStream out =
        Files.newOutputStream(filler, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        out.write(BLOCK);
      }
    } catch (IOException full) {
      // the disk is full, as intended
    }
  }

  private static void remove(Path filler) {
    try {
      Files.delete(filler);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
