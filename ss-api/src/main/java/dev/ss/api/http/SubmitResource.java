package dev.ss.api.http;

import dev.ss.access.Caller;
import dev.ss.api.access.AuditLog;
import dev.ss.api.access.AuditLog.Action;
import dev.ss.api.access.Roles;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.api.submit.Origin;
import dev.ss.api.submit.RawInput;
import dev.ss.api.submit.RawSubmission;
import dev.ss.api.submit.Submission;
import dev.ss.api.submit.SubmissionHandler;
import dev.ss.job.Job;
import dev.ss.job.TraceParent;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.Response.Status;
import jakarta.ws.rs.core.UriBuilder;
import java.io.InputStream;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Accepts jobs, one by one or in batches. */
@Path("/v1/jobs")
@Produces(MediaType.APPLICATION_JSON)
public final class SubmitResource {
  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  private final SubmissionHandler submit;
  private final JsonBody bodies;
  private final long maxInputBytes;
  private final long maxBatchBytes;
  private final AuditLog audit;
  private final JobViews views;

  /**
   * @param maxInputBytes the maximum size of an input that is the body of its request
   * @param maxBatchBytes the maximum size of the body of a batch
   */
  public SubmitResource(
      SubmissionHandler submit,
      long maxInputBytes,
      long maxBatchBytes,
      AuditLog audit,
      JobViews views) {
    this.submit = submit;
    this.audit = audit;
    this.views = views;
    this.bodies = new JsonBody(submit);
    this.maxInputBytes = maxInputBytes;
    this.maxBatchBytes = maxBatchBytes;
  }

  /** The results of the items of a batch, in the order of the items. */
  record Results(List<Result> results) {}

  /** The result of one item, with the HTTP status that a single submission of it would have had. */
  sealed interface Result {}

  record Stored(int status, JobView job) implements Result {}

  record Refused(int status, String code, String detail) implements Result {
    static Result of(ProblemException problem) {
      return new Refused(problem.code().status(), problem.code().wireName(), problem.getMessage());
    }
  }

  /** Stores a job: 201 the first time, 200 when repeated under the same idempotency key. */
  @POST
  @RolesAllowed(Roles.SUBMIT)
  public Response submit(
      @Auth Caller caller,
      @QueryParam(RawBodyRules.JOB_TYPE) Optional<String> jobType,
      @QueryParam("priority") Optional<String> priority,
      @QueryParam("run_at") Optional<String> runAt,
      @QueryParam("max_attempts") Optional<String> maxAttempts,
      @Context HttpHeaders headers,
      @Context ContainerRequestContext request,
      InputStream body) {
    if (jobType.isPresent()) {
      RawSubmission raw = new RawSubmission(jobType.get(), priority, runAt, maxAttempts);
      return response(
          caller,
          submit.submit(
              raw, () -> rawInput(headers, request), key(headers), origin(caller, headers)));
    }
    if (Stream.of(priority, runAt, maxAttempts).anyMatch(Optional::isPresent)) {
      throw submit.refuse(
          ProblemCode.INVALID_PARAMETER,
          "Query parameters are for inputs that are bodies, and job_type is one of them; in JSON"
              + " they are fields.");
    }
    byte[] bytes = bodies.read(headers, body, submit.maxBodyBytes());
    return response(caller, submit.submit(bytes, key(headers), origin(caller, headers)));
  }

  /** A @HeaderParam would treat an empty key as absent, and every repetition would be a new job. */
  private static Optional<String> key(HttpHeaders headers) {
    return Optional.ofNullable(headers.getHeaderString(IDEMPOTENCY_KEY));
  }

  /** The input, which was received before this request came here, unless it must be refused. */
  private RawInput rawInput(HttpHeaders headers, ContainerRequestContext request) {
    if (!RawBodyRules.isAllowed(headers.getHeaderString(HttpHeaders.CONTENT_TYPE))) {
      throw new ProblemException(
          ProblemCode.UNSUPPORTED_MEDIA_TYPE,
          "Send the input with Content-Type: application/octet-stream, or with its own type; not as"
              + " text/plain or a form, which a page of another site could send.");
    }
    if (!(request.getProperty(RawBody.ATTRIBUTE) instanceof RawBody received)) {
      throw new IllegalStateException("the body of a submission has not been received");
    }
    return received.match(
        input -> input,
        () -> {
          throw new ProblemException(
              ProblemCode.INPUT_TOO_LARGE,
              "The input is larger than %d bytes.".formatted(maxInputBytes));
        },
        failure -> {
          throw failure;
        });
  }

  private Response response(Caller caller, Submission submission) {
    return submission.match(
        created -> {
          audit.record(caller, Action.SUBMITTED, created);
          return response(Status.CREATED, created);
        },
        repeated -> response(Status.OK, repeated),
        problem -> {
          throw problem;
        });
  }

  /** Stores a batch of jobs in one transaction: 200 with the result of each item. */
  @POST
  @Path("/batch")
  @RolesAllowed(Roles.SUBMIT)
  public Results submitAll(@Auth Caller caller, @Context HttpHeaders headers, InputStream body) {
    if (headers.getHeaderString(IDEMPOTENCY_KEY) != null) {
      throw submit.refuse(
          ProblemCode.INVALID_IDEMPOTENCY_KEY,
          "A batch has no Idempotency-Key; give its items their idempotency_key.");
    }
    byte[] bytes = bodies.read(headers, body, maxBatchBytes);
    return new Results(
        submit.submitAll(bytes, origin(caller, headers)).stream()
            .map(item -> result(caller, item))
            .toList());
  }

  private static Origin origin(Caller caller, HttpHeaders headers) {
    return new Origin(caller, TraceParent.parse(headers.getHeaderString("traceparent")));
  }

  private Response response(Status status, Job job) {
    return Response.status(status).entity(views.of(job)).location(location(job)).build();
  }

  private Result result(Caller caller, Submission item) {
    return item.match(
        created -> {
          audit.record(caller, Action.SUBMITTED, created);
          return stored(Status.CREATED, created);
        },
        repeated -> stored(Status.OK, repeated),
        Refused::of);
  }

  private Result stored(Status status, Job job) {
    return new Stored(status.getStatusCode(), views.of(job));
  }

  private static URI location(Job job) {
    return UriBuilder.fromPath("/v1/jobs/{job_id}").build(job.id());
  }
}
