package dev.ss.testkit.system;

import dev.ss.testkit.process.Ports;
import dev.ss.testkit.system.SsProcess.Kind;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * Starts the processes of one SS. Each name has one port, on which every process of that name
 * listens. Thread-safe.
 */
public final class Launcher {
  private static final String JVM_OPTIONS = "-Xmx96m";

  private final Path directory;
  private final Path jars;
  private final Storage storage;
  private final Ports freePorts;
  private final HttpClient http;
  private final NavigableMap<String, Integer> ports = new ConcurrentSkipListMap<>();

  /**
   * Starts processes on one database.
   *
   * @param directory the directory of {@code config.yml}
   * @param jars the directory of {@code ss-api/target} and {@code ss-worker/target}
   */
  public Launcher(Path directory, Path jars, Storage storage, Ports freePorts, HttpClient http) {
    this.directory = directory;
    this.jars = jars;
    this.storage = storage;
    this.freePorts = freePorts;
    this.http = http;
  }

  /**
   * Starts a process and does not wait for it.
   *
   * @param more environment variables besides those for the JVM, the database, the worker's id and
   *     the port
   */
  public SsProcess launch(Kind kind, String name, Map<String, String> more) {
    int port = ports.computeIfAbsent(name, any -> freePorts.free());
    Map<String, String> environment = new HashMap<>();
    environment.put("JDK_JAVA_OPTIONS", JVM_OPTIONS);
    environment.put("SS_DATABASE_URL", storage.url(name));
    if (kind == Kind.API) {
      environment.put("SS_API_PORT", Integer.toString(port));
    } else {
      environment.put("SS_WORKER_ID", name);
      environment.put("SS_WORKER_METRICS_PORT", Integer.toString(port));
    }
    environment.putAll(more);
    return SsProcess.start(kind, name, port, directory, jars, environment, http);
  }

  /** Returns the ports of all names ever started, in the order of the names. */
  public Map<String, Integer> ports() {
    return ports;
  }
}
