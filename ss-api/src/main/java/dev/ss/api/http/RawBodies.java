package dev.ss.api.http;

import dev.ss.api.problem.ProblemCode;
import dev.ss.api.problem.ProblemException;
import dev.ss.api.submit.RawInput;
import dev.ss.boot.NamedThreads;
import dev.ss.job.JobInput;
import dev.ss.server.MemoryBudget;
import dev.ss.store.DatabaseUnavailableException;
import dev.ss.store.Uploads;
import java.io.ByteArrayOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives inputs that are bodies of requests, without a thread for each client and without having
 * one as a whole in memory: as soon as an input is longer than its first part, the parts are stored
 * as they come. The route gets the request when all has been received.
 */
public final class RawBodies extends Handler.Wrapper {
  private static final Logger LOG = LoggerFactory.getLogger(RawBodies.class);

  private static final int WRITERS = 2;

  private final RawBodyRules rules;
  private final Uploads uploads;
  private final MemoryBudget budget;
  private final Runnable refused;
  private final Clock clock;
  private final ExecutorService writers =
      Executors.newFixedThreadPool(WRITERS, new NamedThreads("upload"));

  /**
   * @param rules tell which requests are handled here, and how large their bodies may be
   * @param refused is called for each input that there is no memory for
   */
  public RawBodies(
      Handler next,
      RawBodyRules rules,
      Uploads uploads,
      MemoryBudget budget,
      Runnable refused,
      Clock clock) {
    super(next);
    this.rules = rules;
    this.uploads = uploads;
    this.budget = budget;
    this.refused = refused;
    this.clock = clock;
  }

  @Override
  protected void doStop() throws Exception {
    super.doStop();
    writers.shutdown();
  }

  @Override
  public boolean handle(Request request, Response response, Callback callback) throws Exception {
    if (!rules.isRaw(request)) {
      return super.handle(request, response, callback);
    }
    long max = rules.maxBytes(request);
    if (max == 0) {
      return super.handle(withoutBody(request), response, callback);
    }
    if (request.getHeaders().getLongField(HttpHeader.CONTENT_LENGTH) > max) {
      request.setAttribute(RawBody.ATTRIBUTE, new RawBody.TooLarge());
      return super.handle(withoutBody(request), response, callback);
    }
    new Receiving(request, response, callback, max).run();
    return true;
  }

  private void handleReceived(RawBody body, Request request, Response response, Callback callback) {
    request.setAttribute(RawBody.ATTRIBUTE, body);
    Resume.with(getHandler(), withoutBody(request), response, callback);
  }

  private static Request withoutBody(Request request) {
    return new Request.Wrapper(request) {
      @Override
      public Content.Chunk read() {
        return Content.Chunk.EOF;
      }

      @Override
      public void demand(Runnable available) {
        available.run();
      }
    };
  }

  /** One input. One thread at a time works on it. */
  private final class Receiving implements Runnable, MemoryBudget.Holder {
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final long max;
    private final MessageDigest digest = sha256();
    private final ByteArrayOutputStream part = new ByteArrayOutputStream();
    private final AwaitedBody awaited;
    private byte[] first = new byte[0];
    private Optional<UUID> uploadId = Optional.empty();
    private long size;

    Receiving(Request request, Response response, Callback callback, long max) {
      this.request = request;
      this.response = response;
      this.callback = callback;
      this.max = max;
      this.awaited = new AwaitedBody(request, this, this::refuse);
      Request.addCompletionListener(request, failure -> completed());
    }

    /** Reads what has arrived, and comes back when there is more. */
    @Override
    public void run() {
      while (true) {
        Content.Chunk chunk = request.read();
        if (chunk == null) {
          awaitMore();
          return;
        }
        if (Content.Chunk.isFailure(chunk)) {
          Response.writeError(request, response, callback, chunk.getFailure());
          return;
        }
        boolean last = chunk.isLast();
        if (!add(chunk)) {
          refuse();
          return;
        }
        if (size > max) {
          handOn(new RawBody.TooLarge());
          return;
        }
        if (last && size == part.size()) {
          first = part.toByteArray();
          handOn(received());
          return;
        }
        if (last || part.size() >= Uploads.PART_BYTES) {
          writers.execute(() -> store(last));
          return;
        }
      }
    }

    private boolean add(Content.Chunk chunk) {
      try {
        if (!budget.reserve(this, chunk.remaining())) {
          return false;
        }
        byte[] bytes = new byte[chunk.remaining()];
        if (bytes.length > 0) {
          chunk.getByteBuffer().get(bytes);
        }
        digest.update(bytes);
        part.writeBytes(bytes);
        size += bytes.length;
        return true;
      } finally {
        chunk.release();
      }
    }

    /** Stores the parts that are complete, and at the end also the last one. */
    private void store(boolean isLast) {
      Runnable next;
      try {
        storeParts(isLast);
        next = isLast ? () -> handOn(received()) : this;
      } catch (RuntimeException e) {
        next = () -> handOn(new RawBody.Failed(e));
      } catch (Error e) { // the client would wait for ever
        Response.writeError(request, response, callback, e);
        throw e;
      }
      request.getComponents().getExecutor().execute(next);
    }

    private void storeParts(boolean isLast) {
      byte[] received = part.toByteArray();
      part.reset();
      long position = size - received.length;
      int begin = 0;
      while (received.length - begin >= Uploads.PART_BYTES || (isLast && begin < received.length)) {
        int end = Math.min(received.length, begin + Uploads.PART_BYTES);
        storePart(position + begin, Arrays.copyOfRange(received, begin, end));
        begin = end;
      }
      part.write(received, begin, received.length - begin);
    }

    private void storePart(long position, byte[] bytes) {
      if (position == 0) {
        first = bytes;
        return;
      }
      uploads.append(upload(), position, bytes);
      budget.release(this, bytes.length);
    }

    private UUID upload() {
      return uploadId.orElseGet(
          () -> {
            UUID begun = UUID.randomUUID();
            uploads.begin(begun, clock.instant());
            uploadId = Optional.of(begun);
            return begun;
          });
    }

    private RawBody received() {
      String sha256 = HexFormat.of().formatHex(digest.digest());
      return new RawBody.Received(new RawInput(new JobInput(first, size), uploadId, sha256));
    }

    private void awaitMore() {
      if (awaited.isTooSlow(size)) {
        handOn(new RawBody.Failed(tooSlow()));
      } else {
        awaited.await();
      }
    }

    @Override
    public boolean giveUp() {
      return awaited.giveUp();
    }

    private void handOn(RawBody body) {
      handleReceived(body, request, response, callback);
    }

    private void refuse() {
      budget.release(this);
      refused.run();
      Response.writeError(request, response, callback, HttpStatus.SERVICE_UNAVAILABLE_503);
    }

    /** The request has been answered. An upload that has become no job's input is deleted. */
    private void completed() {
      budget.release(this);
      uploadId.ifPresent(id -> writers.execute(() -> delete(id)));
    }

    private void delete(UUID id) {
      try {
        uploads.delete(id);
      } catch (DatabaseUnavailableException e) {
        LOG.info("An upload that has become no job's input is deleted later: {}", e.getMessage());
      }
    }
  }

  private static ProblemException tooSlow() {
    return new ProblemException(ProblemCode.BAD_REQUEST, "The body comes too slowly.");
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JVM has SHA-256", e);
    }
  }
}
