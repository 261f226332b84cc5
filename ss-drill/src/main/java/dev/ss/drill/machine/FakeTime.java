package dev.ss.drill.machine;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Debian's libfaketime, which gives a process a wrong clock. */
public final class FakeTime {
  /** Says how to get libfaketime. */
  public static final String MISSING =
      "libfaketime is not there; Debian: apt-get install libfaketime";

  private final Path library;

  private FakeTime(Path library) {
    this.library = library;
  }

  /** Returns the library for either architecture, if it is installed. */
  public static Optional<FakeTime> installed() {
    return Stream.of("x86_64", "aarch64")
        .map(machine -> Path.of("/usr/lib/" + machine + "-linux-gnu/faketime/libfaketime.so.1"))
        .filter(Files::exists)
        .findFirst()
        .map(FakeTime::new);
  }

  /**
   * Returns the environment of a process whose wall clock is shifted; monotonic time and waits stay
   * unchanged.
   *
   * @param by such as {@code -60s} or {@code +5m}
   */
  public Map<String, String> shifted(String by) {
    return Map.of(
        "LD_PRELOAD",
        library.toString(),
        "FAKETIME",
        by,
        "FAKETIME_DONT_FAKE_MONOTONIC",
        "1",
        "FAKETIME_FORCE_MONOTONIC_FIX",
        "0");
  }
}
