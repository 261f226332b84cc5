package dev.ss.api.support;

import dev.ss.api.stream.Content;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import java.io.ByteArrayOutputStream;
import java.util.concurrent.locks.LockSupport;

/** Answers with a content as a whole, where there is no Jetty that would send its pieces. */
final class DrainedContents implements ContainerResponseFilter {
  private static final long LOOK_NANOS = 1_000_000;

  @Override
  public void filter(ContainerRequestContext request, ContainerResponseContext response) {
    if (request.getProperty(Content.ATTRIBUTE) instanceof Content content) {
      request.removeProperty(Content.ATTRIBUTE);
      response.setEntity(drained(content), null, response.getMediaType());
      content.close();
    }
  }

  private static byte[] drained(Content content) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    boolean more = true;
    while (more) {
      more =
          content
              .next()
              .match(
                  bytes -> {
                    all.writeBytes(bytes);
                    return true;
                  },
                  () -> {
                    LockSupport.parkNanos(LOOK_NANOS);
                    return true;
                  },
                  () -> false);
    }
    return all.toByteArray();
  }
}
