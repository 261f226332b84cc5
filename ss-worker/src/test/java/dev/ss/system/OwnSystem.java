package dev.ss.system;

import dev.ss.testkit.client.Client;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** For tests that have a system of their own each, of which nothing runs yet. */
abstract class OwnSystem {
  @TempDir Path directory;
  Ss ss;
  Client client;

  @BeforeEach
  void prepare() {
    ss = Ss.in(directory);
    client = ss.client();
  }

  @AfterEach
  void stop() {
    ss.close();
  }
}
