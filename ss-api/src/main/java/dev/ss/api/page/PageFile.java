package dev.ss.api.page;

import jakarta.ws.rs.core.EntityTag;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A file of the status page, held in memory for as long as the process runs.
 *
 * @param tag the ETag, a hash of the content
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record PageFile(String mediaType, byte[] content, EntityTag tag) {

  /** Reads a resource from the class path; its name is relative to this package or absolute. */
  static PageFile ofResource(String mediaType, String resource) {
    try (InputStream file = PageFile.class.getResourceAsStream(resource)) {
      if (file == null) {
        throw new IllegalStateException("not in the jar: " + resource);
      }
      byte[] content = file.readAllBytes();
      return new PageFile(mediaType, content, new EntityTag(digest(content)));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String digest(byte[] content) {
    try {
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
      return HexFormat.of().formatHex(digest, 0, 8);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
