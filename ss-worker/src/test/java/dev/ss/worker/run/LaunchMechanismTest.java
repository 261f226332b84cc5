package dev.ss.worker.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.worker.WorkerApplication;
import java.util.List;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class LaunchMechanismTest {
  private static final String PROPERTY = "jdk.lang.Process.launchMechanism";

  private final Properties system = new Properties();

  private String chosen(String os, int java) {
    system.setProperty("os.name", os);
    LaunchMechanism.choose(system, java);
    return system.getProperty(PROPERTY);
  }

  @Test
  void linuxHasVforkUntilJavaWarnsOfIt() {
    assertThat(chosen("Linux", 17)).isEqualTo("VFORK");
    system.clear();
    assertThat(chosen("Linux", 24)).isEqualTo("VFORK");
    system.clear();
    assertThat(chosen("Linux", 25)).isNull();
  }

  @Test
  void othersHaveNone() {
    assertThat(chosen("Mac OS X", 17)).isNull();
  }

  @Test
  void whatTheOperatorHasChosenStays() {
    system.setProperty(PROPERTY, "FORK");

    assertThat(chosen("Linux", 17)).isEqualTo("FORK");
  }

  @Test
  void theWorkerChoosesBeforeItStartsAProcess() throws Exception {
    Process worker = ChildJvm.startLogging("class+load", WorkerApplication.class, "--help");
    List<String> loaded =
        worker
            .inputReader()
            .lines()
            .filter(line -> line.contains(" source: "))
            .map(line -> line.replaceFirst(".*\\[class,load] *(\\S+) source: .*", "$1"))
            .toList();

    assertThat(loaded)
        .containsSubsequence(LaunchMechanism.class.getName(), "java.lang.ProcessImpl");
  }
}
