package dev.ss.bench.jobs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * The peers that run on Node, with the packages that their lock file pins.
 *
 * @param directory where the packages are installed
 */
record NodePeers(Path directory) {
  private static final String LOCK = "package-lock.json";

  /** The file that npm writes when it has installed everything. */
  private static final String INSTALLED = "node_modules/.package-lock.json";

  /** Installs the packages unless they are installed already. */
  static NodePeers install(Path project) {
    Path sources = project.resolve("ss-bench/src/main/peers").toAbsolutePath();
    NodePeers peers = new NodePeers(project.resolve("ss-bench/target/peers").toAbsolutePath());
    try {
      Files.createDirectories(peers.directory);
      boolean current =
          Files.exists(peers.directory.resolve(INSTALLED))
              && Files.mismatch(sources.resolve(LOCK), peers.directory.resolve(LOCK)) < 0;
      peers.copyFrom(sources);
      if (!current) {
        peers.npm();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return peers;
  }

  private void copyFrom(Path sources) throws IOException {
    try (Stream<Path> files = Files.list(sources)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.copy(
            file, directory.resolve(file.getFileName()), StandardCopyOption.REPLACE_EXISTING);
      }
    }
  }

  private void npm() throws IOException {
    try {
      Process npm =
          new ProcessBuilder("npm", "ci", "--ignore-scripts", "--no-audit", "--no-fund")
              .directory(directory.toFile())
              .redirectErrorStream(true)
              .redirectOutput(directory.resolve("npm.log").toFile())
              .start();
      if (npm.waitFor() != 0) {
        throw new IllegalStateException(
            "npm ci failed: " + Files.readString(directory.resolve("npm.log")));
      }
    } catch (IOException e) {
      throw new IllegalStateException("peers needs Node 20 or newer with npm", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** Starts the side of this name in {@code main.mjs}. */
  private Side side(String name, String title, boolean prefetches) {
    SideProcess process = SideProcess.node(this, name);
    return new Side(title, prefetches, new Filling(process), process);
  }

  /** Fills the tables by the peer's own means. */
  private record Filling(SideProcess process) implements Side.Filling {
    private record Kept(boolean kept) {}

    private record Left(long left) {}

    @Override
    public void prepare(Storage.Place place) {
      process.order("prepare", place, Map.of(), Map.class);
    }

    @Override
    public void fill(Storage.Place place, int jobs) {
      process.order("fill", place, Map.of("jobs", jobs), Map.class);
    }

    @Override
    public boolean keep(Storage.Place place, int jobs) {
      return process.order("keep", place, Map.of("jobs", jobs), Kept.class).kept();
    }

    @Override
    public long left(Storage.Place place) {
      return process.order("left", place, Map.of(), Left.class).left();
    }
  }

  List<Side> graphileWorkers() {
    return List.of(
        side("graphile-worker", "graphile-worker", false),
        side("graphile-worker-local-queue", "graphile-worker, local queue", true));
  }

  List<Side> pgBosses() {
    return List.of(
        side("pg-boss", "pg-boss", false), side("pg-boss-batches", "pg-boss, batches", true));
  }
}
