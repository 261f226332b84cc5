package dev.ss.cli.command;

import dev.ss.cli.api.Api;
import dev.ss.cli.api.ExitCode;
import dev.ss.cli.api.Failure;
import dev.ss.cli.api.Patience;
import dev.ss.cli.api.Query;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Arrays;

/** Writes what a job's command wrote to standard output; goes on where it was if SS goes away. */
final class Download {
  private static final Duration OUTAGE_LIMIT = Duration.ofMinutes(5);
  private static final int BUFFER_BYTES = 64 * 1024;
  private static final int PARTIAL = 206;

  private final Api api;
  private final Context context;
  private long written;
  private boolean reached;

  Download(Api api, Context context) {
    this.api = api;
    this.context = context;
  }

  /**
   * Writes the output of the last finished attempt, if there is one, of a job that SS has answered
   * about before.
   */
  void output(String jobId) {
    reached = true;
    try {
      stream(new Query(Api.path(jobId, "/output")));
    } catch (Failure failure) {
      // A job that was cancelled before its first attempt has no output.
      if (failure.exitCode() != ExitCode.REFUSED) {
        throw failure;
      }
    }
  }

  /** Writes the stream at this path. */
  void stream(Query path) {
    Patience patience = Patience.of(OUTAGE_LIMIT);
    while (true) {
      try {
        HttpResponse<InputStream> response =
            written == 0 ? api.open(path) : api.open(path, "Range", "bytes=" + written + "-");
        reached = true;
        try (InputStream body = response.body()) {
          if (written > 0 && response.statusCode() != PARTIAL) {
            body.skipNBytes(written);
          }
          copy(body, patience);
          warnIfTruncated(response);
          return;
        }
      } catch (IOException e) {
        patience.pauseAfter(
            new Failure(ExitCode.UNAVAILABLE, "the output broke off: " + e.getMessage()));
      } catch (Failure failure) {
        if (failure.exitCode() != ExitCode.UNAVAILABLE || !reached) {
          throw failure;
        }
        patience.pauseAfter(failure);
      }
    }
  }

  private void copy(InputStream body, Patience patience) throws IOException {
    byte[] buffer = new byte[BUFFER_BYTES];
    int read;
    while ((read = body.read(buffer)) > 0) {
      patience.answered();
      write(Arrays.copyOf(buffer, read));
      written += read;
    }
    flush();
  }

  private void write(byte[] bytes) {
    try {
      context.data().write(bytes);
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private void flush() {
    try {
      context.data().flush();
    } catch (IOException e) {
      throw cannotWrite(e);
    }
  }

  private static Failure cannotWrite(IOException e) {
    return new Failure(ExitCode.FILE, "cannot write to the standard output: " + e.getMessage());
  }

  private void warnIfTruncated(HttpResponse<?> response) {
    if (response.headers().firstValue("SS-Truncated").orElse("").equals("true")) {
      context.err().println("ss: SS has kept only a part of it: the command wrote more.");
      context.err().flush();
    }
  }
}
