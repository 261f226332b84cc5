package dev.ss.testkit.system;

import dev.ss.testkit.process.Ports;
import dev.ss.testkit.process.Waiting;
import dev.ss.testkit.system.SsProcess.Kind;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The processes of one SS. A process that ends can be started again. All are scraped continuously.
 */
public final class Lives implements AutoCloseable {
  private static final Duration SCRAPE_PAUSE = Duration.ofMillis(500);

  private final Launcher launcher;
  private final Map<String, Map<String, String>> environments = new ConcurrentHashMap<>();
  private final Map<String, SsProcess> current = new ConcurrentHashMap<>();
  private final Queue<SsProcess> all = new ConcurrentLinkedQueue<>();
  private volatile boolean closed;

  /**
   * Makes an empty set, and scrapes every process that it starts.
   *
   * @param directory the directory of {@code config.yml}
   * @param jars the directory of {@code ss-api/target} and {@code ss-worker/target}
   */
  public Lives(Path directory, Path jars, Storage storage, Ports freePorts, HttpClient http) {
    this.launcher = new Launcher(directory, jars, storage, freePorts, http);
    startScraping();
  }

  private void startScraping() {
    Thread thread =
        new Thread(
            () -> {
              while (!closed) {
                scrape();
                Waiting.pause(SCRAPE_PAUSE);
              }
            },
            "scrapes");
    thread.setDaemon(true);
    thread.start();
  }

  /** Scrapes all current processes. */
  public void scrape() {
    current.values().forEach(SsProcess::scrape);
  }

  /** Sets environment variables for later starts of one process. */
  public void with(String name, Map<String, String> environment) {
    environments.put(name, environment);
  }

  /** Starts this many APIs and workers and waits until they are up. */
  public void start(int apis, int workers) {
    List<SsProcess> started = new ArrayList<>();
    for (int i = 1; i <= apis; i++) {
      started.add(launch(Kind.API, "api-" + i));
    }
    for (int i = 1; i <= workers; i++) {
      started.add(launch(Kind.WORKER, "worker-" + i));
    }
    started.forEach(SsProcess::awaitUp);
  }

  /** Starts a process and does not wait for it. */
  private SsProcess launch(Kind kind, String name) {
    SsProcess process = launcher.launch(kind, name, environments.getOrDefault(name, Map.of()));
    all.add(process);
    current.put(name, process);
    return process;
  }

  /** Starts a process again under its name and waits until it is up. */
  public SsProcess restart(SsProcess ended) {
    SsProcess next = launch(ended.kind(), ended.name());
    next.awaitUp();
    return next;
  }

  /** Starts all these processes again at once and waits until they are up. */
  public void restartAll(Collection<SsProcess> ended) {
    ended.stream()
        .map(each -> launch(each.kind(), each.name()))
        .toList()
        .forEach(SsProcess::awaitUp);
  }

  /** Returns the current process of this name. */
  public SsProcess process(String name) {
    return Objects.requireNonNull(current.get(name), name);
  }

  /** Returns the current processes of this kind, in the order of their names. */
  public List<SsProcess> of(Kind kind) {
    return current.values().stream()
        .filter(process -> process.kind() == kind)
        .sorted(Comparator.comparing(SsProcess::name))
        .toList();
  }

  /** Returns all processes ever started. */
  public Collection<SsProcess> all() {
    return all;
  }

  @Override
  public void close() {
    closed = true;
    all.stream().filter(SsProcess::isAlive).forEach(SsProcess::discard);
  }
}
