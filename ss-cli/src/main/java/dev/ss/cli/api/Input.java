package dev.ss.cli.api;

import java.io.ByteArrayInputStream;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * The input of a job, sent as it is.
 *
 * @param body the bytes
 * @param isRepeatable whether it can be sent again when an answer is lost
 */
public record Input(BodyPublisher body, boolean isRepeatable) {
  private static final int MAX_KEPT_BYTES = 1024 * 1024;

  /** Reads a file while it is sent. */
  public static Input ofFile(Path file) {
    try {
      if (Files.isRegularFile(file) && Files.isReadable(file)) {
        return new Input(BodyPublishers.ofFile(file), true);
      }
      // Not a plain file: a device, or what a shell puts in the place of a command's output.
      return of(Files.newInputStream(file));
    } catch (FileNotFoundException e) {
      throw new Failure(ExitCode.FILE, "cannot read " + file + ".");
    } catch (IOException e) {
      throw new Failure(
          ExitCode.FILE, "cannot read %s: there is none, or it is not for you.".formatted(file));
    }
  }

  /** Reads a stream while it is sent; a short one is read first, so that it can be repeated. */
  public static Input of(InputStream in) {
    try {
      byte[] start = in.readNBytes(MAX_KEPT_BYTES);
      if (start.length < MAX_KEPT_BYTES) {
        return new Input(BodyPublishers.ofByteArray(start), true);
      }
      InputStream all = new SequenceInputStream(new ByteArrayInputStream(start), in);
      return new Input(BodyPublishers.ofInputStream(() -> all), false);
    } catch (IOException e) {
      throw new Failure(ExitCode.FILE, "cannot read the input: " + e.getMessage());
    }
  }
}
