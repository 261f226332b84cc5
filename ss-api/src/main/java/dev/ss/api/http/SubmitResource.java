package dev.ss.api.http;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.submit.Submit;
import dev.ss.job.Job;
import dev.ss.job.TraceParent;
import dev.ss.store.Submissions.Result;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriBuilder;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.util.Locale;
import java.util.Optional;

/** Takes jobs. */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class SubmitResource {
  private final Submit submit;

  /** Submissions go there. */
  public SubmitResource(Submit submit) {
    this.submit = submit;
  }

  /** Stores a job: 201 the first time, 200 when repeated under the same idempotency key. */
  @POST
  public Response submit(@Context HttpHeaders headers, InputStream body) {
    requireJson(headers.getMediaType());
    // A @HeaderParam would take an empty key for none, and every repetition would be a new job.
    Optional<String> idempotencyKey =
        Optional.ofNullable(headers.getHeaderString("Idempotency-Key"));
    Optional<TraceParent> traceParent = TraceParent.parse(headers.getHeaderString("traceparent"));
    Result result = submit.submit(read(body, declaredLength(headers)), idempotencyKey, traceParent);
    if (result instanceof Result.Repeated repeated) {
      return Response.ok(JobView.of(repeated.job())).location(location(repeated.job())).build();
    }
    Job job = ((Result.Created) result).job();
    return Response.created(location(job)).entity(JobView.of(job)).build();
  }

  private void requireJson(MediaType type) {
    boolean json = type != null && isJson(type);
    if (!json || !charset(type).equals("utf-8")) {
      throw submit.refuse(
          ProblemCode.UNSUPPORTED_MEDIA_TYPE,
          "Send JSON in UTF-8, with Content-Type: application/json.");
    }
  }

  /** Not isCompatible: a body cannot be of type {@code *}{@code /*}. */
  private static boolean isJson(MediaType type) {
    return type.getType().equalsIgnoreCase("application")
        && type.getSubtype().equalsIgnoreCase("json");
  }

  private static String charset(MediaType type) {
    return type.getParameters()
        .getOrDefault(MediaType.CHARSET_PARAMETER, "utf-8")
        .toLowerCase(Locale.ROOT);
  }

  /** Reads no more than one byte too much, whatever the client declares or sends. */
  private byte[] read(InputStream body, long declaredLength) {
    long most = submit.maxBodyBytes();
    byte[] bytes = declaredLength > most ? new byte[0] : read(body, Math.toIntExact(most + 1));
    if (declaredLength > most || bytes.length > most) {
      throw submit.refuse(
          ProblemCode.BODY_TOO_LARGE, "The body is larger than %d bytes.".formatted(most));
    }
    return bytes;
  }

  private byte[] read(InputStream body, int most) {
    try {
      return body.readNBytes(most);
    } catch (IOException | RuntimeException e) { // the latter for gzip that cannot be unpacked
      throw submit.refuse(
          ProblemCode.INVALID_JSON, "The body ended early or is not encoded as its headers say.");
    }
  }

  /** Jetty has checked that it is a number, but Jersey's getLength fails beyond an int. */
  private static long declaredLength(HttpHeaders headers) {
    return Optional.ofNullable(headers.getHeaderString(HttpHeaders.CONTENT_LENGTH))
        .map(Long::parseLong)
        .orElse(-1L);
  }

  private static URI location(Job job) {
    return UriBuilder.fromPath("/v1/jobs/{job_id}").build(job.id());
  }
}
