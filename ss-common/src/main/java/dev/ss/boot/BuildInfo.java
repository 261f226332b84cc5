package dev.ss.boot;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/**
 * The version of this build, as the build recorded it.
 *
 * @param revision the commit, or {@code unknown} if there was none
 * @param java the Java version that this process runs on
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
