package dev.ss.drill.fault;

import dev.ss.testkit.place.Ports;
import dev.ss.testkit.place.PostgresServer;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Random;

/**
 * What all drills of one call share.
 *
 * @param quick few rounds, to see that all works
 * @param directory for everything that is written
 * @param jars the directory with {@code ss-api/target} and {@code ss-worker/target} in it
 * @param seed of what is left to chance, so that it can be had again
 * @param random which process is hit
 */
public record Plan(
    boolean quick,
    Path directory,
    Path jars,
    PostgresServer postgres,
    HttpClient http,
    Ports ports,
    long seed,
    Random random) {

  /** So many rounds, or one when it has to be quick. */
  int rounds(int full) {
    return quick ? 1 : full;
  }

  /** So long, or a part of it when it has to be quick. */
  Duration load(int seconds) {
    return Duration.ofSeconds(quick ? Math.max(2, seconds / 4) : seconds);
  }
}
