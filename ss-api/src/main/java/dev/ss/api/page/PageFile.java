package dev.ss.api.page;

import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A file that people look at in a browser, in memory.
 *
 * @param tag the ETag, a hash of the content
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never changed
record PageFile(String mediaType, byte[] content, EntityTag tag) {

  /** Reads a resource from the class path; its name is relative to this package or absolute. */
  static PageFile ofResource(String mediaType, String resource) {
    return findResource(mediaType, resource)
        .orElseThrow(() -> new IllegalStateException("not in the jar: " + resource));
  }

  /** Reads a resource as {@link #ofResource} does; empty if there is none of this name. */
  static Optional<PageFile> findResource(String mediaType, String resource) {
    try (InputStream file = PageFile.class.getResourceAsStream(resource)) {
      if (file == null) {
        return Optional.empty();
      }
      byte[] content = file.readAllBytes();
      return Optional.of(of(mediaType, content));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static PageFile of(String mediaType, byte[] content) {
    return new PageFile(mediaType, content, new EntityTag(digest(content)));
  }

  /** The file with a text at its end. */
  PageFile followedBy(String text) {
    byte[] end = text.getBytes(StandardCharsets.UTF_8);
    byte[] whole = Arrays.copyOf(content, content.length + end.length);
    System.arraycopy(end, 0, whole, content.length, end.length);
    return of(mediaType, whole);
  }

  /** Answers with the file, or that the client has it already. */
  Response.ResponseBuilder answer(Request request) {
    Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
    return (unchanged == null ? Response.ok(content, mediaType) : unchanged)
        .tag(tag)
        .header(HttpHeaders.CACHE_CONTROL, "no-cache");
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
