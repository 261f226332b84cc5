package dev.ss.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.ss.testkit.process.LivingProcesses;
import dev.ss.testkit.process.ManagedProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Workers of one name, and what they leave when they are killed. */
class IdentityIT extends OwnSystem {
  /** With a work directory of its own, as on another machine. */
  private ManagedProcess startElsewhere() {
    return ss.with("SS_WORK_DIRECTORY", "elsewhere").launchAnotherWorker();
  }

  @Test
  void aSecondWorkerOfTheNameOnAnotherMachineIsAStartUpErrorWhileTheFirstLives() {
    ss.startWorker();
    ManagedProcess second = startElsewhere();
    assertThat(second.awaitExit()).isEqualTo(1);
    assertThat(second.log())
        .contains("Another worker named worker-1 was last heard of at")
        .contains("worker.id (SS_WORKER_ID): a worker named worker-1 has been running since");
  }

  @Test
  void aWorkerThatIsRestartedAfterACrashHasItsNameAndItsJobsBackLongBeforeTheLeaseIsOver()
      throws Exception {
    // A lease of four minutes.
    ss.with("HEARTBEAT_INTERVAL", "1m").startApi();
    ManagedProcess worker = ss.startWorker();
    Path gate = directory.resolve("gate");
    String job = client.submit("gate", gate.toString());
    client.awaitState(job, "running");
    worker.kill();
    Files.createFile(gate);
    ss.startWorker();
    JsonNode ended = client.awaitFinal(job);
    assertThat(ended.get("state").textValue()).isEqualTo("succeeded");
    assertThat(ended.get("attempt").intValue()).isEqualTo(2);
  }

  @Test
  void aWorkerThatHasLostItsNameKillsWhatItRunsAndEndsAndItsSuccessorGoesOn() throws Exception {
    ss.startApi();
    ManagedProcess first = ss.startWorker();
    Path pids = directory.resolve("pids");
    String job = client.submit("family", pids.toString());
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(pids));
    Path firstPids = Files.move(pids, directory.resolve("first.pids"));
    ss.freeze(first);
    ManagedProcess second = startElsewhere();
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(pids));
    first.signal("CONT");
    assertThat(first.awaitExit()).isEqualTo(1);
    assertThat(first.log()).contains("Another process has taken the name worker-1");
    awaitNoneRuns(firstPids);
    assertThat(second.isAlive()).isTrue();
    assertThat(Files.readAllLines(pids).stream().map(Long::valueOf))
        .as("the successor's attempt goes on")
        .allMatch(LivingProcesses::isRunning);
    client.cancel(job);
    client.awaitFinal(job);
  }

  @Test
  void noProcessOfAKilledWorkersCommandIsLeft() throws Exception {
    ss.startApi();
    ManagedProcess worker = ss.startWorker();
    Path pids = directory.resolve("pids");
    client.submit("family", pids.toString());
    Awaitility.await().atMost(Duration.ofSeconds(60)).until(() -> Files.exists(pids));
    List<Long> reapers = reapers();
    assertThat(reapers).hasSize(1);
    worker.kill();
    awaitNoneRuns(pids);
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> reapers.stream().noneMatch(LivingProcesses::isRunning));
    try (Stream<Path> left = Files.list(directory.resolve("work").resolve("worker-1"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void theReaperHoldsNothingOfTheWorkersAndIsGoneAfterACleanStop() throws Exception {
    ManagedProcess worker = ss.startWorker();
    List<Long> reapers = reapers();
    assertThat(reapers).hasSize(1);
    for (int descriptor : new int[] {1, 2}) {
      assertThat(Path.of("/proc/" + reapers.get(0) + "/fd/" + descriptor).toRealPath())
          .isEqualTo(Path.of("/dev/null"));
    }
    assertThat(worker.terminate()).isEqualTo(143);
    assertThat(reapers).noneMatch(LivingProcesses::isRunning);
    assertThat(worker.log()).doesNotContain("The reaper has ended");
  }

  @Test
  void theListOfWorkersAndTheMetricTellLiveStaleAndDraining() throws Exception {
    ss.startApi();
    ManagedProcess stopping = ss.startWorker();
    Path gate = directory.resolve("gate");
    client.awaitState(client.submit("gate", gate.toString()), "running");
    ManagedProcess frozen = startAs("frozen");
    startAs("idle");
    awaitStates("live", "live", "live");
    ss.freeze(frozen);
    stopping.askToStop();
    awaitStates("stale", "live", "draining");
    JsonNode draining = workers().get(2);
    assertThat(draining.get("worker_id").textValue()).isEqualTo("worker-1");
    assertThat(draining.get("running").intValue()).isEqualTo(1);
    assertThat(draining.get("host").textValue())
        .isEqualTo(Files.readString(Path.of("/proc/sys/kernel/hostname")).strip());
    for (String state : new String[] {"live", "stale", "draining"}) {
      Awaitility.await()
          .until(() -> ss.apiMetrics().sum("ss_workers", "state=\"" + state + "\"") == 1);
    }
    Files.createFile(gate);
    assertThat(stopping.awaitExit()).isEqualTo(143);
    frozen.signal("CONT");
    awaitStates("live", "live");
  }

  private ManagedProcess startAs(String id) {
    return ss.with("SS_WORKER_ID", id).launchAnotherWorker();
  }

  /** In the order of their ids. */
  private void awaitStates(String... states) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> workers().findValuesAsText("state").equals(List.of(states)));
  }

  private JsonNode workers() {
    return client.get("/v1/workers").json().get("workers");
  }

  private static void awaitNoneRuns(Path pids) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () ->
                Files.readAllLines(pids).stream()
                    .map(Long::valueOf)
                    .noneMatch(LivingProcesses::isRunning));
  }

  /** Of workers that have this test's directory. */
  private List<Long> reapers() throws IOException {
    String work = directory.toRealPath().resolve("work").toString();
    return ProcessHandle.allProcesses()
        .filter(
            process -> {
              List<String> arguments =
                  List.of(process.info().arguments().orElseGet(() -> new String[0]));
              return arguments.contains("ss-reaper")
                  && arguments.stream().anyMatch(argument -> argument.startsWith(work));
            })
        .map(ProcessHandle::pid)
        .toList();
  }
}
