package dev.ss.worker.claim;

import dev.ss.job.JobInput;
import dev.ss.store.Uploads;
import dev.ss.worker.run.InputSource;
import java.io.IOException;
import java.nio.channels.WritableByteChannel;
import java.util.UUID;

/** The inputs of claimed jobs. The parts of a long one are read from the database one by one. */
final class Inputs {
  private final Uploads uploads;

  Inputs(Uploads uploads) {
    this.uploads = uploads;
  }

  InputSource of(UUID jobId, JobInput input) {
    return file -> {
      InputSource.write(file, input.first());
      if (input.hasMore()) {
        writeRest(jobId, input, file);
      }
    };
  }

  private void writeRest(UUID jobId, JobInput input, WritableByteChannel file) throws IOException {
    long position = input.first().length;
    while (position < input.size()) {
      byte[] part =
          uploads
              .part(jobId, position)
              .orElseThrow(() -> new IOException("a part of the input is missing"));
      InputSource.write(file, part);
      position += part.length;
    }
  }
}
