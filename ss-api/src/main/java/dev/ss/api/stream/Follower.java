package dev.ss.api.stream;

import dev.ss.api.stream.FollowEvent.Began;
import dev.ss.api.stream.FollowEvent.Bytes;
import dev.ss.api.stream.FollowEvent.Ended;
import dev.ss.api.stream.FollowEvent.Gap;
import dev.ss.api.stream.FollowEvent.Progress;
import dev.ss.job.CommandStream;
import dev.ss.store.Outputs;
import dev.ss.store.Outputs.Chunk;
import dev.ss.store.Outputs.Followed;
import dev.ss.store.Outputs.FollowedRun;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Reads a stream of a job as its runs write it: from the newest run on, or from where a client has
 * stopped reading. Each look at the database comes before the look for bytes, so an ended run has
 * no more of them.
 */
final class Follower {
  private final Outputs outputs;
  private final UUID jobId;
  private final CommandStream stream;
  private final boolean throughAllRuns;

  private int run;
  private long position;
  private boolean begun;
  private boolean isOver;
  private Optional<Progress> progress = Optional.empty();

  /**
   * @param from where to go on; empty to begin with the newest run
   * @param throughAllRuns whether to go on with later runs until the job is final
   */
  Follower(
      Outputs outputs,
      UUID jobId,
      CommandStream stream,
      Optional<FollowPosition> from,
      boolean throughAllRuns) {
    this.outputs = outputs;
    this.jobId = jobId;
    this.stream = stream;
    this.throughAllRuns = throughAllRuns;
    this.run = from.map(position -> Math.max(1, position.run())).orElse(0);
    this.begun = from.filter(FollowPosition::isInARun).isPresent();
    this.position = begun ? from.orElseThrow().offset() : 0;
  }

  /** Whether all events have been returned. */
  boolean isOver() {
    return isOver;
  }

  /** Returns what has happened since the last call; nothing if nothing has. */
  List<FollowEvent> next() {
    Optional<Followed> found = outputs.look(jobId, run, stream);
    if (found.isPresent() && run == 0 && found.get().newestRun() > 0) {
      run = found.get().newestRun();
      found = outputs.look(jobId, run, stream);
    }
    List<FollowEvent> events = new ArrayList<>();
    if (found.isEmpty()) { // deleted meanwhile
      isOver = true;
    } else {
      addNews(found.get(), events);
    }
    return events;
  }

  private void addNews(Followed job, List<FollowEvent> events) {
    addProgress(job, events);
    job.run().ifPresent(current -> addBegin(current, events));
    if (job.run().isPresent() && addBytes(job.run().get(), events)) {
      return;
    }
    boolean runIsOver = job.run().map(FollowedRun::hasEnded).orElse(job.newestRun() > run);
    if (runIsOver && run < job.newestRun() && throughAllRuns) {
      run++;
      position = 0;
      begun = false;
    } else if (job.state().isFinal() || (runIsOver && run > 0 && !throughAllRuns)) {
      events.add(new Ended(job.state(), job.exitCode(), job.errorCode()));
      isOver = true;
    }
  }

  private void addProgress(Followed job, List<FollowEvent> events) {
    Optional<Progress> said =
        job.progress().isPresent() || job.progressMessage().isPresent()
            ? Optional.of(new Progress(job.progress(), job.progressMessage()))
            : Optional.empty();
    if (!said.equals(progress)) {
      said.ifPresent(events::add);
      progress = said;
    }
  }

  private void addBegin(FollowedRun current, List<FollowEvent> events) {
    if (!begun) {
      events.add(new Began(run, current.attempt(), current.workerId(), current.startedAt()));
      begun = true;
    }
  }

  /** Adds the next bytes, or that some are not kept. Returns false if there are none. */
  private boolean addBytes(FollowedRun current, List<FollowEvent> events) {
    Optional<Chunk> chunk = outputs.chunkAfter(jobId, run, stream, position);
    if (chunk.isPresent()) {
      addGap(chunk.get().position(), events);
      addBytes(chunk.get().position(), chunk.get().bytes(), events);
      return true;
    }
    if (!current.hasEnded()) {
      return false;
    }
    long before = position;
    outputs.whole(jobId, run, stream).ifPresent(whole -> addBytes(0, whole, events));
    current.written().ifPresent(written -> addGap(written, events));
    return position > before;
  }

  private void addGap(long to, List<FollowEvent> events) {
    if (to > position) {
      events.add(new Gap(run, position, to));
      position = to;
    }
  }

  private void addBytes(long begin, byte[] bytes, List<FollowEvent> events) {
    long end = begin + bytes.length;
    if (end > position) {
      byte[] rest = Arrays.copyOfRange(bytes, (int) (position - begin), bytes.length);
      events.add(new Bytes(run, position, rest));
      position = end;
    }
  }
}
