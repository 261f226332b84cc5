package dev.ss.bench.load;

import dev.ss.bench.measure.Disk;
import dev.ss.bench.measure.Provenance;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Prints what readers need to interpret the tables and to repeat the measurement. */
final class LoadHeading {
  private LoadHeading() {}

  static void print(Options options, Path directory) {
    System.out.printf(
        """
        # The API under load

        - `%s`, commit %s
        - %s; %s; database on %s
        - JDK %s, %s
        - %s, %s; %s
        - %d rounds of processes started anew and warmed up with %d s of each load and of the first twice; in each, %d times %d s of each variant in turn, while the others are idle
        - A failed request ends the run, so there was none. The load comes from the same machine, which had a load average of %s before the start
        - wrk is a closed loop: while an answer is late it sends nothing new. A p99 here is of requests
          that were sent, and lower than what clients that come on their own would see.

        Median (minimum – maximum). **on**: what is shipped. **off**: Codahale's no-op registry, no request
        counted, no queue counted. **micrometer**: as off, and each request in one Micrometer timer with the
        same buckets. **job-types**: `GET /v1/job-types`, no database. **status**: `GET
        /v1/jobs/{job_id}`. **submit**: `POST /v1/jobs`, SQLite with synchronous=FULL.
        """,
        Provenance.command(),
        Provenance.commit(),
        Provenance.processor(),
        Provenance.kernel(),
        Disk.of(directory),
        Provenance.jdk(),
        String.join(" ", LoadedApi.JVM_OPTIONS),
        version("wrk", "-v"),
        String.join(" ", Wrk.OPTIONS),
        version("prometheus", "--version"),
        options.rounds(),
        options.warmUp(),
        options.pairs(),
        options.seconds(),
        Provenance.loadAverage());
    System.out.flush();
  }

  /**
   * Returns a program's name and version, which are in the first line that it writes.
   *
   * @throws IllegalStateException if it is not installed
   */
  private static String version(String program, String option) {
    try {
      Process process = new ProcessBuilder(program, option).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return output.lines().findFirst().orElse(program).replaceFirst(" [\\[(].*", "");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
