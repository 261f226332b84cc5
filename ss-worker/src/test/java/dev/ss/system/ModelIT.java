package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.play.Play;
import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.process.Ports;
import dev.ss.testkit.repository.Repository;
import dev.ss.testkit.system.Storage;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/**
 * Half a minute of random clients and random faults. The drill {@code bin/drill faults model} is
 * ten. A failure names its seed; {@code -Dss.seed=N} plays it again.
 */
@EnabledOnOs(OS.LINUX)
class ModelIT {
  private static final Duration LENGTH = Duration.ofSeconds(30);

  @TempDir private Path directory;
  private final Ports ports = new Ports();

  @Test
  void whateverClientsDoAndWhateverBreaksTheModelHolds() {
    long seed = Long.getLong("ss.seed", new Random().nextInt(Integer.MAX_VALUE));
    System.out.printf("ModelIT: -Dss.seed=%d%n", seed);
    try (PostgresServer postgres =
        PostgresServer.startIn(directory, ports.free(), Play.POSTGRES_SETTING)) {
      postgres.create("model");
      assertThat(play(seed, new Storage.Postgres(postgres, "model")).findings())
          .as("-Dss.seed=" + seed)
          .isEmpty();
    }
  }

  private Play.Summary play(long seed, Storage storage) {
    Play.Setting setting =
        new Play.Setting(
            seed,
            LENGTH,
            1,
            2,
            Repository.root(),
            directory,
            storage,
            ports,
            HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(2))
                .build(),
            System.out::println);
    try (Play play = new Play(setting)) {
      return play.run();
    }
  }
}
