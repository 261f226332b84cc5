package dev.ss.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.api.support.ApiProcess;
import dev.ss.testkit.client.Http;
import dev.ss.testkit.process.ManagedProcess;
import dev.ss.testkit.process.Ports;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** An API whose memory is too small for what it is asked to take. */
class OutOfMemoryTest {
  @TempDir private Path directory;

  @Test
  void itEndsAndDoesNotLimpOn() throws Exception {
    int port = new Ports().free();
    String config =
        """
        api: {connector: {type: http, port: %d}, maxBatchSize: 256MiB}
        database: {url: "jdbc:sqlite:%s"}
        jobTypes: {report: {command: [sort]}}
        """
            .formatted(port, directory.resolve("ss.db"));
    // As somebody starts it who does not know -XX:+ExitOnOutOfMemoryError.
    try (ManagedProcess api =
        ApiProcess.start(directory, config, Map.of("JDK_JAVA_OPTIONS", "-Xmx64m"))) {
      api.awaitLog("ss-api is up");
      try {
        Http.ofApi(port).submitBatch(new byte[100_000_000]);
      } catch (UncheckedIOException cutOff) {
        // as it should be
      }

      assertThat(api.awaitExit()).isEqualTo(3);
      assertThat(api.log()).contains("out of memory");
    }
  }
}
