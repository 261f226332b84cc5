package dev.ss.worker.output;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.CommandStream;
import dev.ss.job.Job;
import dev.ss.store.LiveOutput;
import dev.ss.store.ManualWorker;
import dev.ss.store.Outputs;
import dev.ss.store.TestStore;
import dev.ss.testkit.unit.SettableNanos;
import dev.ss.worker.run.KillSwitch;
import dev.ss.worker.run.LiveStream;
import dev.ss.worker.run.OutputSink.Storing;
import dev.ss.worker.run.WrittenStreams;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** From what a command writes to what is stored of it. */
class OutputWriterTest {
  private static final int LIMIT = 1024 * 1024;

  @TempDir private Path directory;
  private TestStore store;
  private SettableNanos nanos;
  private OutputWriter writer;

  @BeforeEach
  void open() throws Exception {
    store = TestStore.open(TestStore.sqlite(directory.resolve("ss.db")));
    nanos = new SettableNanos();
    writer = new OutputWriter(new LiveOutput(store.database()), nanos);
  }

  @AfterEach
  void close() {
    store.close();
  }

  /** A job that runs, and what its command writes. */
  private final class Running implements AutoCloseable {
    private final Job job = store.submit();
    private final ManualWorker.Started started = store.worker().start();
    private final WrittenStreams streams =
        new WrittenStreams(LIMIT, directory.resolve(job.id().toString()));
    private final Storing storing =
        writer.begin(started.attempt(), streams.both(), streams.progress());
    private final KillSwitch killSwitch = new KillSwitch();

    void writes(CommandStream stream, byte[] bytes) {
      streams.write(stream, bytes);
    }

    byte[] stored(CommandStream stream) {
      return store.written(job.id(), new Outputs.Selection.Run(1), stream).orElseThrow().bytes();
    }

    long chunks() {
      return store.count("output_chunks");
    }

    @Override
    public void close() {
      streams.close();
    }
  }

  private void later() {
    nanos.advance(OutputWriter.INTERVAL.plusMillis(1));
    writer.run();
  }

  private static byte[] bytes(int count, int seed) {
    byte[] bytes = new byte[count];
    new Random(seed).nextBytes(bytes);
    return bytes;
  }

  @Test
  void aCommandThatEndsSoonAndWritesLittleCostsNoChunk() throws Exception {
    try (Running running = new Running()) {
      running.writes(CommandStream.OUTPUT, bytes(64 * 1024, 1));
      writer.run();
      running.storing.finish(running.killSwitch);

      assertThat(running.chunks()).isZero();
      assertThat(running.storing.isInChunks(CommandStream.OUTPUT)).isFalse();
    }
  }

  @Test
  void whatIsWrittenCanBeReadWhileTheCommandRuns() throws Exception {
    try (Running running = new Running()) {
      running.writes(CommandStream.LOG, bytes(10, 1));
      later();
      assertThat(running.stored(CommandStream.LOG)).isEqualTo(bytes(10, 1));
      running.writes(CommandStream.LOG, bytes(5, 2));
      running.storing.finish(running.killSwitch);

      assertThat(running.stored(CommandStream.LOG)).hasSize(15).startsWith(bytes(10, 1));
      assertThat(running.storing.isInChunks(CommandStream.LOG)).isTrue();
      assertThat(running.storing.isInChunks(CommandStream.OUTPUT)).isFalse();
    }
  }

  /** Many small pieces become few chunks, and no byte of them is lost or doubled. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
  void everyByteThatIsKeptIsStoredOnceAndInOrder(int seed) throws Exception {
    Random random = new Random(seed);
    try (Running running = new Running()) {
      ByteArrayOutputStream output = new ByteArrayOutputStream();
      ByteArrayOutputStream log = new ByteArrayOutputStream();
      for (int i = 0; i < 150; i++) {
        int size = random.nextInt(10) == 0 ? random.nextInt(200_000) : random.nextInt(100);
        byte[] piece = bytes(size, seed * 1000 + i);
        boolean toLog = random.nextBoolean();
        (toLog ? log : output).writeBytes(piece);
        running.writes(toLog ? CommandStream.LOG : CommandStream.OUTPUT, piece);
        if (random.nextInt(3) == 0) {
          later();
        }
      }
      running.storing.finish(running.killSwitch);

      byte[] out = output.toByteArray();
      assertThat(running.stored(CommandStream.OUTPUT))
          .isEqualTo(Arrays.copyOf(out, Math.min(out.length, LIMIT)));
      assertThat(running.stored(CommandStream.LOG))
          .isEqualTo(running.streams.kept(CommandStream.LOG));
      assertThat(running.chunks()).isLessThan(30);
    }
  }

  /** A command that writes faster than anybody can store it. */
  @Test
  void ofALogThatIsTooLongTheTwoEndsAreStored() throws Exception {
    try (Running running = new Running()) {
      for (int i = 0; i < 20; i++) {
        running.writes(CommandStream.LOG, bytes(3 * LIMIT, i));
        later();
      }
      running.storing.finish(running.killSwitch);

      byte[] stored = running.stored(CommandStream.LOG);
      assertThat(stored).isEqualTo(running.streams.kept(CommandStream.LOG)).hasSize(LIMIT);
      assertThat(running.storing.isInChunks(CommandStream.LOG)).isTrue();
    }
  }

  @Test
  void whatTheDatabaseCouldNotTakeIsStoredWhenItIsBack() throws Exception {
    try (Running running = new Running()) {
      running.writes(CommandStream.LOG, bytes(100_000, 1));
      Path file = directory.resolve("ss.db");
      Path away = directory.resolve("away.db");
      Files.move(file, away);
      Thread finishing = new Thread(() -> finish(running));
      finishing.start();
      Files.move(away, file);
      finishing.join(Duration.ofSeconds(30).toMillis());

      assertThat(running.stored(CommandStream.LOG)).isEqualTo(bytes(100_000, 1));
    }
  }

  private static void finish(Running running) {
    try {
      running.storing.finish(running.killSwitch);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anAttemptThatIsLostIsNotWaitedFor() throws Exception {
    try (Running running = new Running()) {
      store.sql("update jobs set generation = 2");
      running.writes(CommandStream.LOG, bytes(100_000, 1));

      running.storing.finish(running.killSwitch);

      assertThat(running.chunks()).isZero();
    }
  }

  /** What was not stored must not count as stored because another attempt's news was. */
  @Test
  void anAttemptWhoseLogCannotBeReadKeepsItsOutputForTheEnd() throws Exception {
    try (Running other = new Running();
        Running broken = new Running()) {
      Storing storing =
          writer.begin(
              broken.started.attempt(),
              broken.streams.both().stream().map(OutputWriterTest::withUnreadableLog).toList(),
              broken.streams.progress());
      broken.storing.finish(broken.killSwitch);
      broken.writes(CommandStream.OUTPUT, bytes(10, 1));
      broken.writes(CommandStream.LOG, bytes(10, 2));
      other.writes(CommandStream.LOG, bytes(10, 3));

      later();
      storing.finish(broken.killSwitch);

      assertThat(other.stored(CommandStream.LOG)).isEqualTo(bytes(10, 3));
      assertThat(store.count("output_chunks")).isEqualTo(1);
      assertThat(storing.isInChunks(CommandStream.OUTPUT)).isFalse();
    }
  }

  private static LiveStream withUnreadableLog(LiveStream stream) {
    return new LiveStream() {
      @Override
      public CommandStream stream() {
        return stream.stream();
      }

      @Override
      public Extent extent() {
        return stream.extent();
      }

      @Override
      public Optional<Part> read(long position, int max) throws IOException {
        if (stream() == CommandStream.LOG) {
          throw new IOException("the disk is gone");
        }
        return stream.read(position, max);
      }
    };
  }

  @Test
  void progressIsStoredWhenItChanges() throws Exception {
    try (Running running = new Running()) {
      running.streams.progress("0.25 Reading\n");
      later();
      assertThat(store.job(running.job.id()).progress()).contains(0.25);
      assertThat(store.job(running.job.id()).progressMessage()).contains("Reading");
      running.streams.progress("1\n");
      running.storing.finish(running.killSwitch);
      assertThat(store.job(running.job.id()).progress()).contains(1.0);
      assertThat(store.job(running.job.id()).progressMessage()).isEqualTo(Optional.empty());
    }
  }
}
