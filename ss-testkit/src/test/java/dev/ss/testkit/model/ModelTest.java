package dev.ss.testkit.model;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ModelTest {
  private static final Run FIRST = run(1, "first", 1.5, OptionalDouble.of(1.9));

  private final Map<String, String> outputs = new HashMap<>();
  private final Map<String, Double> counted = new HashMap<>();
  private Silences silences = new Silences(List.of());
  private Set<String> accepted = Set.of(Life.JOB);
  private List<Told> told = List.of();
  private List<Walk> walks = List.of();
  private int retries;

  /** A command of the job, run by process 7 of worker-1. */
  private static Run run(int attempt, String nonce, double start, OptionalDouble end) {
    return run(attempt, 7, nonce, start, end, start);
  }

  private static Run run(
      int attempt, long process, String nonce, double start, OptionalDouble end, double seen) {
    return new Run(Life.JOB, attempt, "worker-1", process, nonce, start, end, seen);
  }

  private List<String> judge(Life life, Run... runs) {
    Findings findings = new Findings();
    new Model(Set.of(), Map.of("quick", 1))
        .check(
            new Observed(
                life.history(),
                accepted,
                0,
                Map.of(Life.JOB, retries),
                told,
                walks,
                Arrays.asList(runs),
                outputs,
                silences,
                counted,
                List.of(new Counts.Unseen(0, 100))),
            findings);
    return findings.lines();
  }

  private void assertBroken(List<String> findings, String rule) {
    assertThat(findings).singleElement().asString().contains(rule);
  }

  @Test
  void aJobThatSucceedsIsRight() {
    outputs.put(Life.JOB, "first\n");

    assertThat(judge(Life.queued().started().succeeded(), FIRST)).isEmpty();
  }

  @Test
  void aJobThatIsLostGivenBackCancelledAndRetriedIsRight() {
    retries = 1;
    outputs.put(Life.JOB, "last\n");
    Life life = Life.queued().started().queuedAgain("worker_lost").started().givenBack().started();
    life.toBeCancelled().cancelled().retried().started().succeeded();

    assertThat(judge(life, run(1, "last", 9.5, OptionalDouble.of(9.9)))).isEmpty();
  }

  @Test
  void aJobThatNeverEndsIsFound() {
    assertBroken(judge(Life.queued().started()), "does not end");
  }

  @Test
  void anAcceptedJobThatIsNotThereIsFound() {
    accepted = Set.of(Life.JOB, "another");
    outputs.put(Life.JOB, "first\n");

    assertBroken(judge(Life.queued().started().succeeded(), FIRST), "accepted job is lost");
  }

  @Test
  void aJobThatNobodySubmittedIsFound() {
    accepted = Set.of();

    assertBroken(judge(Life.queued().cancelled()), "jobs that nobody submitted");
  }

  @Test
  void aFinalJobThatChangesIsFound() {
    Life life = Life.queued().started().succeeded().failed("worker_lost");

    assertThat(judge(life, FIRST)).anyMatch(line -> line.contains("a final job stays as it is"));
  }

  @Test
  void aRetryThatNobodyAskedForIsFound() {
    Life life = Life.queued().cancelled().retried().cancelled();

    assertBroken(judge(life), "retried more often");
  }

  @Test
  void aStartWithoutANewGenerationIsFound() {
    Life life = Life.queued().started().queuedAgain("worker_lost").startedInTheSameGeneration();

    assertThat(judge(life.failed("worker_lost")))
        .singleElement()
        .asString()
        .contains("a start is a new generation");
  }

  @Test
  void anAttemptBeyondTheLastIsFound() {
    Life life = Life.queued().started().queuedAgain("worker_lost").started();

    assertThat(judge(life.queuedAgain("worker_lost").started().failed("worker_lost")))
        .anyMatch(line -> line.contains("no job has more attempts than allowed"));
  }

  @Test
  void aJobThatFailsWithAttemptsLeftIsFound() {
    assertBroken(
        judge(Life.queued().started().failed("worker_lost")), "a job fails with its last attempt");
  }

  @Test
  void aCommandThatFailsThoughNobodyHarmedItIsFound() {
    Life life = Life.queued().started().queuedAgain("command_failed").cancelled();

    assertBroken(judge(life), "a command does not fail that is let alone");
  }

  @Test
  void aJobThatIsQueuedAgainAlthoughItIsToBeCancelledIsFound() {
    Life life = Life.queued().started().toBeCancelled().queuedAgain("worker_lost").cancelled();

    assertBroken(judge(life), "a job that is to be cancelled is not queued again");
  }

  @Test
  void oneGenerationThatRunsTwiceIsFound() {
    outputs.put(Life.JOB, "first\n");
    Run again = run(1, "again", 1.95, OptionalDouble.of(1.96));

    assertBroken(judge(Life.queued().started().succeeded(), FIRST, again), "runs twice");
  }

  @Test
  void anOutputOfAnEarlierGenerationIsFound() {
    outputs.put(Life.JOB, "first\n");
    Life life = Life.queued().started().queuedAgain("worker_lost").started().succeeded();
    Run second = run(2, "second", 3.5, OptionalDouble.of(3.9));

    assertBroken(judge(life, FIRST, second), "not that of the last generation");
  }

  @Test
  void twoGenerationsAtOnceInOneProcessAreFound() {
    outputs.put(Life.JOB, "second\n");
    Life life = Life.queued().started().queuedAgain("worker_lost").started().succeeded();
    Run first = run(1, 7, "first", 1.5, OptionalDouble.empty(), 3.7);
    Run second = run(2, "second", 3.5, OptionalDouble.of(3.9));

    assertThat(judge(life, first, second))
        .anyMatch(line -> line.contains("two generations of a job at once"))
        .anyMatch(line -> line.contains("more than 1 of quick"));
  }

  @Test
  void aCommandThatGoesOnAfterTheCancelIsFoundUnlessItsWorkerCouldNotKnow() {
    Life life = Life.queued().started().toBeCancelled().cancelled();
    Run goesOn = run(1, 7, "first", 1.5, OptionalDouble.empty(), 20);

    assertBroken(judge(life, goesOn), "a command goes on");

    silences = new Silences(List.of(new Silences.Silence(OptionalLong.of(7), 2, 19)));
    assertThat(judge(life, goesOn)).isEmpty();
  }

  @Test
  void aClientThatIsToldWhatWasNeverSoIsFound() {
    outputs.put(Life.JOB, "first\n");
    told = List.of(new Told("cancelled", Life.JOB, 5, 6, Told.state(State.CANCELLED)));

    assertBroken(judge(Life.queued().started().succeeded(), FIRST), "told what is not so");
  }

  @Test
  void anAnswerThatComesBeforeItsStepByAnotherClockIsRight() {
    told = List.of(new Told("cancelled", Life.JOB, 0.9, 0.96, Told.state(State.CANCELLED)));

    assertThat(judge(Life.queued().cancelled())).isEmpty();
  }

  @Test
  void aListThatLacksAJobOrHasItTwiceIsFound() {
    Life life = Life.queued().cancelled();
    walks = List.of(new Walk(9, 10, Optional.empty(), Optional.empty(), List.of()));
    assertBroken(judge(life), "a list lacks a job");

    walks =
        List.of(new Walk(9, 10, Optional.empty(), Optional.empty(), List.of(Life.JOB, Life.JOB)));
    assertBroken(judge(life), "a list has a job twice");
  }

  @Test
  void aCounterThatSaysMoreThanThereWasIsFound() {
    counted.put("cancelled", 2.0);

    assertBroken(judge(Life.queued().cancelled()), "cancelled is 2, but there were 1");
  }
}
