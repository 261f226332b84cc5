package dev.ss.api.stream;

import dev.ss.job.JobState;
import java.time.Instant;
import java.util.Optional;

/** An event of a stream that a client follows. */
sealed interface FollowEvent {
  /** Hands this event to the visitor. */
  void to(Visitor visitor);

  /** Receives each kind of event. */
  interface Visitor {
    void began(Began event);

    void bytes(Bytes event);

    void gap(Gap event);

    void progress(Progress event);

    void ended(Ended event);
  }

  /** A run's stream begins. */
  record Began(int run, int attempt, Optional<String> workerId, Optional<Instant> startedAt)
      implements FollowEvent {
    @Override
    public void to(Visitor visitor) {
      visitor.began(this);
    }
  }

  /** The next bytes of a run's stream. */
  @SuppressWarnings("ArrayRecordComponent") // passed on, never compared
  record Bytes(int run, long offset, byte[] bytes) implements FollowEvent {
    @Override
    public void to(Visitor visitor) {
      visitor.bytes(this);
    }
  }

  /** The worker has not kept these bytes of a run's stream. */
  record Gap(int run, long from, long to) implements FollowEvent {
    @Override
    public void to(Visitor visitor) {
      visitor.gap(this);
    }
  }

  /** The command has reported its progress. */
  record Progress(Optional<Double> fraction, Optional<String> message) implements FollowEvent {
    @Override
    public void to(Visitor visitor) {
      visitor.progress(this);
    }
  }

  /** The job is final, or the stream that is followed has ended. */
  record Ended(JobState state, Optional<Integer> exitCode, Optional<String> errorCode)
      implements FollowEvent {
    @Override
    public void to(Visitor visitor) {
      visitor.ended(this);
    }
  }
}
