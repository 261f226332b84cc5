package dev.ss.boot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * What was built, as the build wrote it down.
 *
 * @param revision the commit, or {@code unknown} where there was none
 * @param java the version this process runs on
 */
record BuildInfo(String version, String revision, String java) {

  static BuildInfo read() {
    Properties properties = new Properties();
    try (InputStream file = BuildInfo.class.getResourceAsStream("/ss-build.properties")) {
      properties.load(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String revision = properties.getProperty("revision", "");
    return new BuildInfo(
        properties.getProperty("version"),
        revision.isEmpty() || revision.startsWith("$") ? "unknown" : revision,
        System.getProperty("java.version"));
  }
}
