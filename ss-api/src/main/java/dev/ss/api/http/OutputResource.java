package dev.ss.api.http;

import dev.ss.access.Caller;
import dev.ss.api.access.JobTypeAccess;
import dev.ss.api.access.Roles;
import dev.ss.api.metrics.Route;
import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.api.stream.Content;
import dev.ss.api.stream.FollowPosition;
import dev.ss.api.stream.Following;
import dev.ss.api.stream.Streams;
import dev.ss.api.stream.Streams.Found;
import dev.ss.job.CommandStream;
import dev.ss.job.Job;
import dev.ss.store.Jobs;
import dev.ss.store.Outputs.Selection;
import io.dropwizard.auth.Auth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;

/**
 * Returns what went into a job and what its command wrote, byte for byte; also what a running
 * command is writing.
 */
@Path("/v1/jobs")
public final class OutputResource {
  private static final String LOG_TYPE = "text/plain;charset=utf-8";
  private static final String EVENTS_TYPE = "text/event-stream";

  private final Jobs jobs;
  private final Streams streams;
  private final Following following;

  public OutputResource(Jobs jobs, Streams streams, Following following) {
    this.jobs = jobs;
    this.streams = streams;
    this.following = following;
  }

  /** Returns the job's input. */
  @GET
  @Path("/{job_id}/input")
  @RolesAllowed(Roles.READ)
  public Response input(
      @Auth Caller caller,
      @PathParam("job_id") String jobIdText,
      @Context ContainerRequestContext request) {
    Job job = job(caller, jobIdText);
    Streams.Whole whole =
        streams
            .input(job.id(), job.cost().inputSize())
            .orElseThrow(
                () -> new ProblemException(ProblemCode.NOT_FOUND, "The job has no input."));
    return Ranges.response(request, whole, MediaType.APPLICATION_OCTET_STREAM).build();
  }

  /** Returns the standard output of an attempt, by default of the last finished one. */
  @GET
  @Path("/{job_id}/output")
  @RolesAllowed(Roles.READ)
  public Response output(
      @Auth Caller caller,
      @PathParam("job_id") String jobId,
      @QueryParam("attempt") Optional<String> attempt,
      @QueryParam("run") Optional<String> run,
      @QueryParam("follow") Optional<String> follow,
      @Context ContainerRequestContext request) {
    return new Answer(job(caller, jobId), CommandStream.OUTPUT, request).of(attempt, run, follow);
  }

  /** Returns the standard error of an attempt, by default of the last finished one. */
  @GET
  @Path("/{job_id}/log")
  @RolesAllowed(Roles.READ)
  public Response log(
      @Auth Caller caller,
      @PathParam("job_id") String jobId,
      @QueryParam("attempt") Optional<String> attempt,
      @QueryParam("run") Optional<String> run,
      @QueryParam("follow") Optional<String> follow,
      @Context ContainerRequestContext request) {
    return new Answer(job(caller, jobId), CommandStream.LOG, request).of(attempt, run, follow);
  }

  private Job job(Caller caller, String jobId) {
    Job job = jobs.find(JobIds.parse(jobId)).orElseThrow(JobIds::notFound);
    JobTypeAccess.require(caller, job.jobType());
    return job;
  }

  /** The answer to a request for one of the streams. */
  private final class Answer {
    private final Job job;
    private final CommandStream stream;
    private final ContainerRequestContext request;

    Answer(Job job, CommandStream stream, ContainerRequestContext request) {
      this.job = job;
      this.stream = stream;
      this.request = request;
    }

    Response of(Optional<String> attempt, Optional<String> run, Optional<String> follow) {
      if (follow.map(text -> QueryValues.flag("follow", text)).orElse(false)) {
        if (attempt.isPresent() || run.isPresent()) {
          throw invalid("follow shows what is written now; leave out attempt and run.");
        }
        return followed();
      }
      return stored(selection(attempt, run));
    }

    private Response stored(Selection selection) {
      Found found =
          streams.output(job.id(), selection, stream).orElseThrow(() -> notThere(selection));
      return Ranges.response(request, found.whole(), mediaType())
          .header("SS-Attempt", found.attempt())
          .header("SS-Run", found.run())
          .header("SS-Truncated", found.truncated())
          .build();
    }

    private String mediaType() {
      return switch (stream) {
        case OUTPUT -> MediaType.APPLICATION_OCTET_STREAM;
        case LOG -> LOG_TYPE;
      };
    }

    private Response followed() {
      Optional<FollowPosition> from =
          Optional.ofNullable(request.getHeaderString("Last-Event-ID")).map(this::position);
      boolean asEvents =
          Optional.ofNullable(request.getHeaderString("Accept"))
              .filter(accept -> accept.contains(EVENTS_TYPE))
              .isPresent();
      Content content =
          asEvents
              ? following.events(job.id(), stream, from)
              : following.plain(job.id(), stream, from);
      request.setProperty(Routes.ATTRIBUTE, following(stream));
      request.setProperty(Content.ATTRIBUTE, content);
      return Response.ok().type(asEvents ? EVENTS_TYPE : mediaType()).build();
    }

    private FollowPosition position(String text) {
      return FollowPosition.parse(text)
          .orElseThrow(() -> invalid("Last-Event-ID must be the id of an event, as in 1:4096."));
    }
  }

  /** A route of its own, so that following does not appear as latency of the other one. */
  private static Route following(CommandStream stream) {
    return Route.ofTemplate("/v1/jobs/{job_id}/%s?follow=true".formatted(stream.wireName()));
  }

  private static Selection selection(Optional<String> attempt, Optional<String> run) {
    if (attempt.isPresent() && run.isPresent()) {
      throw invalid("attempt and run are two ways to name the same; leave one out.");
    }
    if (run.isPresent()) {
      return new Selection.Run(number("run", run.get()));
    }
    return attempt
        .<Selection>map(text -> new Selection.Attempt(number("attempt", text)))
        .orElseGet(Selection.LastFinished::new);
  }

  private static int number(String name, String text) {
    try {
      return Integer.parseUnsignedInt(text);
    } catch (NumberFormatException e) {
      throw invalid(name + " must be a number, as GET /v1/jobs/{job_id}/attempts lists them.");
    }
  }

  private static ProblemException notThere(Selection selection) {
    return selection instanceof Selection.LastFinished
        ? new ProblemException(
            ProblemCode.JOB_NOT_FINISHED,
            "No attempt at this job has finished; ?follow=true shows what is being written.")
        : new ProblemException(
            ProblemCode.NOT_FOUND,
            "The job has no such attempt; GET /v1/jobs/{job_id}/attempts lists them.");
  }

  private static ProblemException invalid(String detail) {
    return new ProblemException(ProblemCode.INVALID_PARAMETER, detail);
  }
}
