package dev.ss.api.stream;

import dev.ss.job.JobState;
import java.time.Instant;
import java.util.Optional;

/** What happens while somebody follows a stream of a job. */
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

    FollowPosition after() {
      return new FollowPosition(run, offset + bytes.length);
    }
  }

  /** Bytes of a run's stream that are not kept. */
  record Gap(int run, long from, long to) implements FollowEvent {
    @Override
    public void to(Visitor visitor) {
      visitor.gap(this);
    }
  }

  /** The command says how far it is. */
  record Progress(Optional<Double> fraction, Optional<String> message) implements FollowEvent {
    @Override
    public void to(Visitor visitor) {
      visitor.progress(this);
    }
  }

  /** Nothing more will come. */
  record Ended(JobState state, Optional<Integer> exitCode, Optional<String> errorCode)
      implements FollowEvent {
    @Override
    public void to(Visitor visitor) {
      visitor.ended(this);
    }
  }
}
