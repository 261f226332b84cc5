package dev.ss.api.support;

import dev.ss.api.ApiApplication;
import dev.ss.testkit.process.ManagedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** The API in a process of its own, from its main class. */
public final class ApiProcess {
  private ApiProcess() {}

  /** Starts it with a config.yml of this content in this directory. */
  public static ManagedProcess start(Path directory, String config, Map<String, String> environment)
      throws IOException {
    Files.writeString(directory.resolve("config.yml"), config);
    return startWith(directory, "config.yml", environment);
  }

  /** Starts it with a file of this name, be it there or not. */
  public static ManagedProcess startWith(
      Path directory, String configFile, Map<String, String> environment) throws IOException {
    return ManagedProcess.start(
        directory,
        Files.createTempFile(directory, "api", ".log"),
        environment,
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            ApiApplication.class.getName(),
            "server",
            configFile));
  }
}
