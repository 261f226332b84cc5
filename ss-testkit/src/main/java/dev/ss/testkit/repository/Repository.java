package dev.ss.testkit.repository;

import java.nio.file.Path;

/** The checked-out repository that a module's tests run in. */
public final class Repository {
  private Repository() {}

  /** Returns the repository's directory. Maven runs the tests of a module in the module's. */
  public static Path root() {
    return Path.of("..").toAbsolutePath().normalize();
  }
}
