package dev.ss.bench.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ss.bench.measure.Trees;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A Prometheus that scrapes one API each second. */
final class ScrapingPrometheus implements AutoCloseable {
  private final ObjectMapper json = new ObjectMapper();
  private final URI server = Http.server(Http.freePort());
  private final Path directory;
  private final ServerProcess process;

  /** Starts Prometheus and waits for its first scrape. */
  ScrapingPrometheus(LoadedApi api, Path parent) {
    try {
      directory = Files.createTempDirectory(parent, "prometheus");
      Path configuration =
          Files.writeString(
              directory.resolve("prometheus.yml"),
              """
              global: {scrape_interval: 1s, scrape_timeout: 1s}
              scrape_configs: [{job_name: ss-api, static_configs: [{targets: ["%s"]}]}]
              """
                  .formatted(api.target()));
      process =
          new ServerProcess(
              "Prometheus",
              List.of(
                  "prometheus",
                  "--config.file=" + configuration,
                  "--storage.tsdb.path=" + directory.resolve("data"),
                  "--web.listen-address=" + server.getAuthority(),
                  "--log.level=warn"),
              Map.of(),
              directory.resolve("log"),
              () -> scrapes(10) > 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns the number of successful scrapes in the last seconds. */
  int scrapes(int seconds) {
    return Http.get(
            server.resolve("/api/v1/query?query=sum_over_time(up%%5B%ds%%5D)".formatted(seconds)))
        .map(answer -> tree(answer).at("/data/result/0/value/1").asInt())
        .orElse(0);
  }

  private JsonNode tree(String answer) {
    try {
      return json.readTree(answer);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    process.close();
    Trees.delete(directory);
  }
}
