package dev.ss.drill.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.ss.testkit.ledger.Ledger;
import dev.ss.testkit.process.Uptime;
import dev.ss.testkit.process.Waiting;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Clients that submit jobs at a steady rate, each with its own idempotency key. They repeat a
 * submission with the same key at the next API until it is accepted. One submission in four is a
 * batch.
 */
public final class Clients {
  /** The number of clients that submit at once. */
  public static final int COUNT = 8;

  /** The number of jobs in a batch. */
  public static final int BATCH = 4;

  private static final int ONE_BATCH_IN = 4;
  private static final Duration ANSWER_LIMIT = Duration.ofSeconds(5);
  private static final Duration INITIAL_BACKOFF = Duration.ofMillis(50);
  private static final Duration MAX_BACKOFF = Duration.ofSeconds(1);

  /** With more unfinished jobs than this, clients stop submitting, because the machine is slow. */
  private static final int MAX_UNFINISHED = 60;

  private static final int NO_LIMIT = Integer.MAX_VALUE;

  private final HttpClient http;
  private final ObjectMapper json = new ObjectMapper();
  private final String prefix;
  private final Map<String, URI> apis;
  private final Ledger ledger;
  private final long nanosBetween;
  private final AtomicLong next = new AtomicLong(System.nanoTime());
  private final AtomicInteger numbers = new AtomicInteger();
  private final AtomicInteger turns = new AtomicInteger();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final Queue<Accepted> accepted = new ConcurrentLinkedQueue<>();
  private final Map<String, AtomicInteger> answers = new ConcurrentHashMap<>();
  private final Queue<String> surprises = new ConcurrentLinkedQueue<>();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopping;
  private volatile boolean givenUp;
  private volatile boolean heedless;
  private volatile long unfinished;

  /**
   * Makes clients of these APIs.
   *
   * @param prefix the prefix of the keys
   * @param apis the APIs by their names
   * @param rate submissions per second
   */
  public Clients(
      HttpClient http, String prefix, Map<String, URI> apis, Ledger ledger, double rate) {
    this.http = http;
    this.prefix = prefix;
    this.apis = new LinkedHashMap<>(apis);
    this.ledger = ledger;
    this.nanosBetween = (long) (1e9 / rate);
  }

  /**
   * Makes the clients submit even if too many jobs are unfinished, to see whether submissions are
   * refused.
   */
  public Clients heedless() {
    heedless = true;
    return this;
  }

  /** Starts to submit, until {@link #finish}. */
  public void begin() {
    begin(NO_LIMIT);
  }

  /** Submits this many jobs. */
  public void begin(int jobs) {
    next.set(System.nanoTime());
    for (int i = 0; i < COUNT; i++) {
      start("client-" + i, () -> submitAll(jobs));
    }
    start("clients-throttle", this::watchTheQueue);
  }

  private void start(String name, Runnable work) {
    Thread thread = new Thread(work, name);
    thread.setDaemon(true);
    thread.start();
    threads.add(thread);
  }

  private void watchTheQueue() {
    while (!stopping) {
      unfinished = accepted.size() - ledger.ended();
      Waiting.pause(Duration.ofMillis(100));
    }
  }

  private void submitAll(int jobs) {
    while (!stopping) {
      if (!heedless && unfinished > MAX_UNFINISHED) {
        Waiting.pause(Duration.ofMillis(50));
        next.accumulateAndGet(System.nanoTime(), Math::max);
        continue;
      }
      int size = turns.getAndIncrement() % ONE_BATCH_IN == 1 ? BATCH : 1;
      int first = numbers.getAndAdd(size);
      int last = Math.min(first + size, jobs);
      if (first >= last) {
        return;
      }
      awaitTurn(last - first);
      submit(IntStream.range(first, last).mapToObj(this::submission).toList());
    }
  }

  private Submission submission(int number) {
    return new Submission(number, prefix + "-" + number, JobKind.of(number), "");
  }

  private void awaitTurn(int jobs) {
    long turn = next.getAndAdd(nanosBetween * jobs);
    long wait = turn - System.nanoTime();
    if (wait > 0) {
      Waiting.pause(Duration.ofNanos(wait));
    } else if (wait < -1_000_000_000L) {
      // Submissions that were not possible during an outage are not made up for.
      next.accumulateAndGet(System.nanoTime(), Math::max);
    }
  }

  /** Submits one job that may not run before this time (RFC 3339). */
  public void submitFor(int number, String runAt) {
    submit(
        List.of(
            new Submission(
                number, prefix + "-" + number, JobKind.QUICK, ",\"run_at\":\"" + runAt + "\"")));
  }

  private record Submission(int number, String key, JobKind kind, String more) {
    String body() {
      return "{" + fields() + "}";
    }

    String item() {
      return "{\"idempotency_key\":\"%s\",%s}".formatted(key, fields());
    }

    private String fields() {
      return "\"job_type\":\"%s\",\"input\":\"\",\"priority\":%d%s"
          .formatted(kind.typeName(), kind.priority(), more);
    }
  }

  private void submit(List<Submission> jobs) {
    List<Map.Entry<String, URI>> targets = List.copyOf(apis.entrySet());
    double begin = Uptime.seconds();
    Duration backoff = INITIAL_BACKOFF;
    for (int tried = 0; !givenUp; tried++) {
      Map.Entry<String, URI> target = targets.get((jobs.get(0).number() + tried) % targets.size());
      if (submitTo(target, jobs, begin)) {
        return;
      }
      Waiting.pause(backoff);
      Duration longer = backoff.multipliedBy(2);
      backoff = longer.compareTo(MAX_BACKOFF) < 0 ? longer : MAX_BACKOFF;
    }
  }

  private boolean submitTo(Map.Entry<String, URI> target, List<Submission> jobs, double begin) {
    try {
      HttpResponse<byte[]> response =
          http.send(request(target.getValue(), jobs), BodyHandlers.ofByteArray());
      return isTaken(response, target.getKey(), jobs, begin);
    } catch (ConnectException e) {
      count("no connection", jobs);
    } catch (HttpTimeoutException e) {
      count("no answer in 5 s", jobs);
    } catch (IOException e) {
      count("connection broken", jobs);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    return false;
  }

  private static HttpRequest request(URI api, List<Submission> jobs) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder().timeout(ANSWER_LIMIT).header("Content-Type", "application/json");
    if (jobs.size() == 1) {
      return request
          .uri(api)
          .header("Idempotency-Key", jobs.get(0).key())
          .POST(BodyPublishers.ofString(jobs.get(0).body()))
          .build();
    }
    String items = jobs.stream().map(Submission::item).collect(Collectors.joining(","));
    return request
        .uri(URI.create(api + "/batch"))
        .POST(BodyPublishers.ofString("{\"jobs\":[" + items + "]}"))
        .build();
  }

  private boolean isTaken(
      HttpResponse<byte[]> response, String api, List<Submission> jobs, double begin)
      throws IOException {
    int status = response.statusCode();
    if (jobs.size() == 1 && (status == 200 || status == 201)) {
      count(Integer.toString(status));
      accept(json.readTree(response.body()), api, jobs.get(0), status == 201, begin);
      return true;
    }
    if (jobs.size() > 1 && status == 200) {
      count("200 for a batch");
      acceptAll(json.readTree(response.body()).get("results"), api, jobs, begin);
      return true;
    }
    count(Integer.toString(status), jobs);
    if (status != 503 && status != 429) {
      surprises.add(status + " for a submission");
    }
    return false;
  }

  /** The drills' queues have no limit, so each item is answered with a job. */
  private void acceptAll(JsonNode results, String api, List<Submission> jobs, double begin) {
    for (int i = 0; i < jobs.size(); i++) {
      int status = results.get(i).get("status").intValue();
      if (status == 200 || status == 201) {
        accept(results.get(i).get("job"), api, jobs.get(i), status == 201, begin);
      } else {
        surprises.add(status + " for an item of a batch");
      }
    }
  }

  private void accept(
      JsonNode job, String api, Submission submission, boolean created, double begin) {
    double now = Uptime.seconds();
    accepted.add(
        new Accepted(
            submission.key(),
            job.get("job_id").textValue(),
            submission.kind(),
            api,
            created,
            now,
            now - begin));
  }

  private void count(String answer) {
    answers.computeIfAbsent(answer, any -> new AtomicInteger()).incrementAndGet();
  }

  /** Counts an answer that does not accept these jobs. */
  private void count(String answer, List<Submission> jobs) {
    count(answer);
    unanswered.addAndGet(jobs.size());
  }

  /**
   * Stops new submissions, and waits until all that were begun are accepted.
   *
   * @return whether they were, within the time
   */
  public boolean finish(Duration limit) {
    stopping = true;
    return awaitAll(limit);
  }

  /**
   * Waits for the clients to end without stopping them, where the number of jobs is limited.
   *
   * @return whether they ended within the time
   */
  public boolean awaitAll(Duration limit) {
    long deadline = System.nanoTime() + limit.toNanos();
    try {
      for (Thread thread : threads) {
        if (stopping || !thread.getName().equals("clients-throttle")) {
          thread.join(Math.max(1, (deadline - System.nanoTime()) / 1_000_000));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
    boolean all =
        threads.stream().noneMatch(each -> each.getName().startsWith("client-") && each.isAlive());
    stopping = true;
    givenUp = true;
    return all;
  }

  /** Returns the accepted submissions. */
  public List<Accepted> accepted() {
    return List.copyOf(accepted);
  }

  /** Returns the ids of the accepted jobs of this kind. */
  public Set<String> acceptedOf(JobKind kind) {
    return accepted.stream()
        .filter(each -> each.kind() == kind)
        .map(Accepted::jobId)
        .collect(Collectors.toSet());
  }

  /** Returns how many answers of this kind there were. */
  public int answered(String answer) {
    AtomicInteger count = answers.get(answer);
    return count == null ? 0 : count.get();
  }

  /**
   * Returns how many tries for a job were not answered with it, so that the client cannot know
   * their result.
   */
  public int unanswered() {
    return unanswered.get();
  }

  /** Returns the answers that a client must not get in any drill. */
  public List<String> surprises() {
    return surprises.stream().distinct().toList();
  }

  /** Returns a text with all answers and the longest time that a submission took. */
  public String seen() {
    double longest = accepted.stream().mapToDouble(Accepted::seconds).max().orElse(0);
    return new TreeMap<>(answers)
            .entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue())
                .collect(Collectors.joining(", "))
        + "; accepted within %.1f s".formatted(longest);
  }
}
