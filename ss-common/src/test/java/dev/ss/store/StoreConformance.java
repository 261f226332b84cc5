package dev.ss.store;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What a store has to do, the same on every database. A subclass says which one. */
abstract class StoreConformance
    implements MigrationConformance,
        SubmissionConformance,
        AttemptConformance,
        CostConformance,
        JobTypeConformance,
        ClaimConformance,
        TogetherConformance,
        RecoveryConformance,
        ControlConformance,
        ListingConformance,
        WorkersConformance,
        RetentionConformance,
        StreamConformance,
        QueueConformance,
        RecentAttemptsConformance,
        TimeConformance {
  private DatabaseSettings settings;
  private TestStore store;

  @BeforeEach
  void open() throws Exception {
    settings = databaseForTest();
    store = TestStore.open(settings);
    store.clear();
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** Where a test's store is. Tests may take turns at one; each begins with it empty. */
  DatabaseSettings databaseForTest() throws Exception {
    return emptyDatabase();
  }

  @Override
  public TestStore store() {
    return store;
  }

  @Override
  public DatabaseSettings settings() {
    return settings;
  }
}
