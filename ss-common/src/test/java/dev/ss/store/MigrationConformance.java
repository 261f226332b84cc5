package dev.ss.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.Job;
import dev.ss.testkit.unit.Together;
import java.util.List;
import org.junit.jupiter.api.Test;

interface MigrationConformance extends OnStore {

  @Test
  default void openingASecondTimeKeepsWhatIsStored() throws Exception {
    Job job = store().submit();

    try (TestStore again = TestStore.open(settings())) {
      assertThat(again.job(job.id())).isEqualTo(job);
    }
  }

  @Test
  default void processesThatStartTogetherAllFindTheTables() throws Exception {
    DatabaseSettings empty = emptyDatabase();

    List<Integer> jobsFound = Together.inThreads(20, () -> openAndCount(empty));

    assertThat(jobsFound).hasSize(20).containsOnly(0);
  }

  private static int openAndCount(DatabaseSettings settings) throws Exception {
    Database database = Database.open(settings);
    try {
      return database.read(
          handle -> handle.createQuery("select count(*) from jobs").mapTo(Integer.class).one());
    } finally {
      database.stop();
    }
  }
}
