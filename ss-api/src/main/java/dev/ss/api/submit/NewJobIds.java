package dev.ss.api.submit;

import com.github.f4b6a3.uuid.factory.standard.TimeOrderedEpochFactory;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;

/**
 * Creates the ids of new jobs: UUIDs of version 7 (RFC 9562), each of which sorts after those that
 * the same object created before. Thread-safe.
 */
public final class NewJobIds {
  private final TimeOrderedEpochFactory factory;

  public NewJobIds(Clock clock) {
    this.factory = TimeOrderedEpochFactory.builder().withInstantFunction(clock::instant).build();
  }

  /** Creates an id. */
  public UUID create() {
    return factory.create();
  }

  /**
   * Returns the time that the id begins with. A job with this id must be created at this time:
   * filters by time select ranges of ids.
   */
  public static Instant createdAt(UUID id) {
    return Instant.ofEpochMilli(id.getMostSignificantBits() >>> Short.SIZE);
  }
}
