package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.unit.Installed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;

/** A worker whose commands run as another user, with limits. */
class RunAsIT extends OwnSystem {
  @Test
  void aJobRunsAsTheUserAndWithinTheLimitsOfItsType() throws IOException {
    Installed.assumeRoot();
    Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx--x--x"));
    ss.with("SS_WORKER_RUN_AS", "irc").startApi();
    ss.startWorker();

    String job = client.submit("identity", "the input\n");

    assertThat(client.awaitFinal(job).get("state").textValue()).isEqualTo("succeeded");
    assertThat(client.output(job)).isEqualTo("irc\nthe input\n256\n");
  }
}
