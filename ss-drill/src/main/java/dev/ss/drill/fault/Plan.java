package dev.ss.drill.fault;

import dev.ss.testkit.postgres.PostgresServer;
import dev.ss.testkit.process.Ports;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/**
 * What all drills of one call share.
 *
 * @param quick whether to run few rounds, only to see that everything works
 * @param directory the directory for everything that is written
 * @param jars the directory of {@code ss-api/target} and {@code ss-worker/target}
 * @param seed the seed of all random choices, so that they can be repeated
 * @param random chooses which process is hit
 */
record Plan(
    boolean quick,
    Path directory,
    Path jars,
    PostgresServer postgres,
    HttpClient http,
    Ports ports,
    long seed,
    Random random) {

  /** Returns so many rounds, or one if the run is quick. */
  int rounds(int full) {
    return quick ? 1 : full;
  }

  /** Returns so many seconds, or a part of them if the run is quick. */
  Duration load(int seconds) {
    return Duration.ofSeconds(quick ? Math.max(2, seconds / 4) : seconds);
  }
}
