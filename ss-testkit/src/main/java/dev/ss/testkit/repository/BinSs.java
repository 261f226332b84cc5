package dev.ss.testkit.repository;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.stream.Stream;

/** The launcher of the command line. */
public final class BinSs {
  private static final Path ROOT = Repository.root();
  private static final Path JAR = ROOT.resolve("ss-cli/target/ss-cli.jar");

  private BinSs() {}

  /**
   * Returns the launcher, to be used after the build has made its jar. A jar that came out the same
   * has kept its time; it gets a new one if the launcher would build it again.
   */
  public static String built() {
    try {
      FileTime newest = FileTime.fromMillis(newestMillis());
      if (newest.compareTo(Files.getLastModifiedTime(JAR)) > 0) {
        Files.setLastModifiedTime(JAR, newest);
      }
      return ROOT.resolve("bin/ss").toString();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static long newestMillis() throws IOException {
    long newest = 0;
    for (Path place :
        List.of(Path.of("pom.xml"), Path.of("ss-cli/pom.xml"), Path.of("ss-cli/src/main"))) {
      try (Stream<Path> files = Files.walk(ROOT.resolve(place))) {
        for (Path file : files.toList()) {
          newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis() + 1);
        }
      }
    }
    return newest;
  }
}
