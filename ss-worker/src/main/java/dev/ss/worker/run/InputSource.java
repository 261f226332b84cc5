package dev.ss.worker.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.WritableByteChannel;

/** The input for an attempt's command. */
@FunctionalInterface
public interface InputSource {
  /**
   * Writes the whole input.
   *
   * @throws IOException if the file cannot be written, or a part of the input is missing
   */
  void writeTo(WritableByteChannel file) throws IOException;

  /** An input that is in memory. */
  static InputSource of(byte[] bytes) {
    return file -> write(file, bytes);
  }

  /** Writes all of the bytes. */
  static void write(WritableByteChannel file, byte[] bytes) throws IOException {
    ByteBuffer left = ByteBuffer.wrap(bytes);
    while (left.hasRemaining()) {
      file.write(left);
    }
  }
}
