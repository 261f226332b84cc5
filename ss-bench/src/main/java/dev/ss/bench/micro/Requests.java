package dev.ss.bench.micro;

import dev.ss.api.metrics.Route;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.ThreadParams;

/** Ended requests of so many label sets, in an order that was shuffled beforehand. */
@State(Scope.Thread)
public class Requests {
  static final List<String> METHODS = List.of("GET", "POST");
  static final List<Route> ROUTES =
      List.of(
          Route.ofTemplate("/v1/jobs/{job_id}"),
          Route.ofTemplate("/v1/jobs"),
          Route.ofTemplate("/v1/jobs/{job_id}/output"),
          Route.ofTemplate("/v1/jobs/{job_id}/wait"),
          Route.ofTemplate("/v1/job-types"));
  static final List<Integer> STATUS_CODES = List.of(200, 201, 404, 409, 500);

  private static final int SIZE = 1 << 12;

  @Param({"1", "50"})
  private int labelSets;

  private final Request[] requests = new Request[SIZE];
  private int next;

  /** What is known when a request ends; the indexes are for the limit, which looks nothing up. */
  record Request(
      String method,
      Route route,
      int statusCode,
      int methodIndex,
      int routeIndex,
      int statusIndex) {}

  /** Shuffles the requests, and starts threads far apart. */
  @Setup
  public void shuffle(ThreadParams thread) {
    next = SIZE / thread.getThreadCount() * thread.getThreadIndex();
    Random random = new Random(42);
    List<Request> distinct = all().subList(0, labelSets);
    for (int i = 0; i < SIZE; i++) {
      requests[i] = distinct.get(random.nextInt(labelSets));
    }
  }

  /** Returns one request for each label set. */
  static List<Request> all() {
    List<Request> all = new ArrayList<>();
    for (int method = 0; method < METHODS.size(); method++) {
      for (int route = 0; route < ROUTES.size(); route++) {
        for (int status = 0; status < STATUS_CODES.size(); status++) {
          all.add(
              new Request(
                  METHODS.get(method),
                  ROUTES.get(route),
                  STATUS_CODES.get(status),
                  method,
                  route,
                  status));
        }
      }
    }
    return all;
  }

  Request next() {
    return requests[next++ & (SIZE - 1)];
  }
}
