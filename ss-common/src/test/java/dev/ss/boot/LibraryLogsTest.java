package dev.ss.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.testkit.unit.CapturedLog;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

class LibraryLogsTest {
  private static final Logger JETTY = LoggerFactory.getLogger("org.eclipse.jetty.http.HttpParser");
  private static final Logger JERSEY = LoggerFactory.getLogger("org.glassfish.jersey.servlet.Web");
  private static final Logger OURS = LoggerFactory.getLogger("dev.ss.other");

  private CapturedLog log;

  @BeforeEach
  void capture() {
    LibraryLogs.restrict();
    LibraryLogs.restrict();
    log = CapturedLog.ofEverything();
  }

  @AfterEach
  void release() {
    log.close();
  }

  @Test
  void jettysWarningsLoseTheirParameters() {
    JETTY.warn("Two hosts: {} and {}", "canary", "canary");
    JETTY.warn("One header: {}", "canary");
    JETTY.warn("A failure at {}", "canary", new IllegalStateException("canary"));

    assertThat(log.messages())
        .containsExactly(
            "WARN Two hosts: {} and {}", "WARN One header: {}", "WARN A failure at {}");
    assertThat(log.traces()).singleElement().asString().contains("IllegalStateException");
    assertThat(log.text()).doesNotContain("canary");
  }

  @Test
  void jerseysWarningsLoseTheirWords() {
    JERSEY.warn("A request to /canary has a form");
    JERSEY.error("It failed", new IllegalArgumentException("canary"));

    assertThat(log.messages()).hasSize(2).allMatch(line -> line.contains("Jersey warns"));
    assertThat(log.text()).doesNotContain("canary").contains("IllegalArgumentException");
  }

  @Test
  void ourOwnLinesAreAsTheyAre() {
    OURS.warn("The worker {} is lost.", "worker-1");

    assertThat(log.messages()).containsExactly("WARN The worker worker-1 is lost.");
  }

  @Test
  void aFailureIsLoggedWithItsTraceAndWithoutItsMessages() {
    Throwable sql = new SQLException("Key (canary) exists", "23505", 7);
    OURS.error("It failed.", Unquoted.of(new IllegalStateException("canary", sql)));
    OURS.error("It failed.", Unquoted.of(new NullPointerException("\"x\" is null")));

    assertThat(log.text())
        .doesNotContain("canary")
        .contains("java.lang.IllegalStateException", "LibraryLogsTest")
        .contains("java.sql.SQLException (SQLState 23505, code 7)")
        .contains("\"x\" is null");
  }
}
