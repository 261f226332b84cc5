package dev.ss.store;

import static dev.ss.store.Filters.filter;
import static org.assertj.core.api.Assertions.assertThat;

import dev.ss.job.ErrorCode;
import dev.ss.job.Job;
import dev.ss.job.JobState;
import dev.ss.job.Label;
import dev.ss.store.JobSearch.Found;
import dev.ss.store.JobSearch.Limits;
import dev.ss.store.Jobs.Order;
import dev.ss.store.Jobs.Page;
import dev.ss.store.Jobs.PageRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

interface FindingConformance extends OnStore {
  List<String> TYPES = List.of("word-count", "checksum", "type-1");
  List<String> TEAMS = List.of("data", "web", "none of them");

  /** Jobs of all kinds, several of them in each millisecond. */
  private List<Job> variousJobs(Random random, int count) {
    for (int i = 0; i < count; i++) {
      if (random.nextInt(3) == 0) {
        store().clock().advance(Duration.ofMillis(1 + random.nextInt(3)));
      }
      Job job =
          store()
              .submit(
                  store().newJob().type(oneOf(random, TYPES)).labels(someLabels(random)).build());
      JobState state = oneOf(random, List.of(JobState.values()));
      String error =
          state == JobState.SUCCEEDED || random.nextBoolean()
              ? "null"
              : "'%s'".formatted(randomError(random).wireName());
      store()
          .sql(
              "update jobs set state = '%s', error_code = %s, schedule = %s where job_id = '%s'"
                  .formatted(
                      state.wireName(),
                      error,
                      oneOf(random, List.of("null", "'nightly'", "'hourly'")),
                      job.id()));
    }
    return everything();
  }

  private static Map<String, String> someLabels(Random random) {
    return switch (random.nextInt(3)) {
      case 0 -> Map.of();
      case 1 -> Map.of("team", oneOf(random, List.of("data", "web")));
      default -> Map.of("team", oneOf(random, List.of("data", "web")), "env", "prod:eu/1 ü");
    };
  }

  private static ErrorCode randomError(Random random) {
    return oneOf(random, List.of(ErrorCode.COMMAND_FAILED, ErrorCode.TIMED_OUT));
  }

  private List<Job> everything() {
    return store().jobs().list(filter().newest(1000)).jobs();
  }

  private JobFilter randomFilter(Random random, List<Job> jobs) {
    Filters filter = filter();
    if (random.nextBoolean()) {
      filter.states(some(random, List.of(JobState.values())).toArray(JobState[]::new));
    }
    if (random.nextBoolean()) {
      filter.types(
          some(random, List.of("word-count", "checksum", "unheard")).toArray(String[]::new));
    }
    if (random.nextInt(3) == 0) {
      filter.labels("team:" + oneOf(random, TEAMS));
    } else if (random.nextInt(3) == 0) {
      filter.labels("team:data", "env:prod:eu/1 ü");
    }
    if (random.nextInt(3) == 0) {
      filter.errors(
          some(random, List.of(ErrorCode.COMMAND_FAILED, ErrorCode.TIMED_OUT))
              .toArray(ErrorCode[]::new));
    }
    if (random.nextInt(4) == 0) {
      filter.schedules(
          some(random, List.of("nightly", "hourly", "unheard")).toArray(String[]::new));
    }
    if (random.nextInt(3) == 0) {
      filter.from(randomTime(random, jobs));
    }
    if (random.nextInt(3) == 0) {
      filter.before(randomTime(random, jobs));
    }
    return filter.build();
  }

  private static <T> T oneOf(Random random, List<T> values) {
    return values.get(random.nextInt(values.size()));
  }

  private static <T> Set<T> some(Random random, List<T> values) {
    Set<T> some = new HashSet<>();
    for (T value : values) {
      if (random.nextInt(3) == 0) {
        some.add(value);
      }
    }
    return some.isEmpty() ? Set.of(values.get(0)) : some;
  }

  private static Instant randomTime(Random random, List<Job> jobs) {
    Instant time = oneOf(random, jobs).createdAt();
    return random.nextInt(4) == 0 ? time.plusNanos(1) : time;
  }

  private static boolean selects(JobFilter filter, Job job) {
    return filter.mayBeIn(job.state())
        && (filter.jobTypes().isEmpty() || filter.jobTypes().contains(job.jobType()))
        && filter.labels().stream().allMatch(label -> has(job, label))
        && (filter.errorCodes().isEmpty()
            || filter.errorCodes().stream()
                .anyMatch(code -> job.errorCode().equals(Optional.of(code.wireName()))))
        && (filter.schedules().isEmpty()
            || job.schedule().map(filter.schedules()::contains).orElse(false))
        && filter.createdFrom().map(time -> !job.createdAt().isBefore(time)).orElse(true)
        && filter.createdBefore().map(time -> job.createdAt().isBefore(time)).orElse(true);
  }

  private static boolean has(Job job, Label label) {
    return label.value().equals(job.options().labels().get(label.key()));
  }

  private static List<Job> expected(List<Job> newestFirst, JobFilter filter, Order order) {
    List<Job> selected =
        new ArrayList<>(newestFirst.stream().filter(job -> selects(filter, job)).toList());
    if (order == Order.OLDEST) {
      Collections.reverse(selected);
    }
    return selected;
  }

  @Test
  default void everyFilterFindsExactlyItsJobsPageByPageInBothOrders() {
    Random random = new Random(15);
    List<Job> jobs = variousJobs(random, 120);

    for (int i = 0; i < 150; i++) {
      JobFilter filter = randomFilter(random, jobs);
      Order order = oneOf(random, List.of(Order.values()));
      List<Job> read = new ArrayList<>();
      Optional<UUID> after = Optional.empty();
      do {
        Page page =
            store().jobs().list(new PageRequest(filter, order, after, 1 + random.nextInt(40)));
        read.addAll(page.jobs());
        after = page.next();
      } while (after.isPresent());

      assertThat(read)
          .as("%s %s", filter, order)
          .containsExactlyElementsOf(expected(jobs, filter, order));
    }
  }

  @Test
  default void everyFilterCountsExactlyItsJobs() {
    Random random = new Random(16);
    List<Job> jobs = variousJobs(random, 60);

    for (int i = 0; i < 60; i++) {
      JobFilter filter = randomFilter(random, jobs);
      Map<JobState, Integer> counted = new EnumMap<>(JobState.class);
      for (JobState state : JobState.values()) {
        counted.put(
            state,
            (int)
                jobs.stream().filter(job -> selects(filter, job) && job.state() == state).count());
      }

      assertThat(store().jobs().count(filter, 100))
          .as("%s", filter)
          .isEqualTo(new Jobs.Counts(counted, false));
    }
  }

  @Test
  default void aStateIsCountedUpToTheMaximum() {
    IntStream.range(0, 3).forEach(i -> store().submit());

    assertThat(store().jobs().count(JobFilter.EVERYTHING, 3).areCapped()).isFalse();
    assertThat(store().jobs().count(JobFilter.EVERYTHING, 2))
        .returns(true, Jobs.Counts::areCapped)
        .returns(2, counts -> counts.ofStates().get(JobState.QUEUED));
  }

  @Test
  default void aSearchThatMayCheckOnlyAFewJobsSaysHowFarItCame() {
    Job wanted = store().submit(store().newJob().type("checksum").labels(Map.of("a", "b")).build());
    IntStream.range(0, 20).forEach(i -> labelled("a", "b", "word-count"));
    IntStream.range(0, 20).forEach(i -> labelled("a", "c", "checksum"));

    for (Order order : Order.values()) {
      List<Job> read = new ArrayList<>();
      Optional<UUID> after = Optional.empty();
      int searches = 0;
      do {
        Found<Job> found = search(order, after);
        read.addAll(found.rows());
        after = found.next();
        searches++;
      } while (after.isPresent());

      assertThat(read).as("%s", order).containsExactly(wanted);
      assertThat(searches).as("%s", order).isBetween(2, 6);
    }
  }

  private Found<Job> search(Order order, Optional<UUID> after) {
    return store()
        .database()
        .read(
            handle ->
                new JobSearch(handle, order)
                    .jobs(
                        filter().labels("a:b").types("checksum").build(), after, new Limits(2, 5)));
  }

  private void labelled(String key, String value, String jobType) {
    store().submit(store().newJob().type(jobType).labels(Map.of(key, value)).build());
  }

  @Test
  default void moreTypesThanAreReadSideBySideAreFoundAsWell() {
    Job job = store().submit();
    Job failed = store().submit(store().newJob().type("checksum").build());
    store().submit(store().newJob().type("unwanted").build());
    store().sql("update jobs set state = 'failed' where job_type = 'checksum'");
    String[] types =
        IntStream.range(0, 120)
            .mapToObj(i -> i == 0 ? "word-count" : i == 1 ? "checksum" : "any-" + i)
            .toArray(String[]::new);

    assertThat(ids(filter().types(types).newest(9))).containsExactly(failed.id(), job.id());
    assertThat(ids(filter().types(types).states(JobState.FAILED).newest(9)))
        .containsExactly(failed.id());
  }

  private List<UUID> ids(PageRequest request) {
    return store().jobs().list(request).jobs().stream().map(Job::id).toList();
  }

  @Test
  default void jobsCreatedAtAnyTimeCanBeAskedFor() {
    Job job = store().submit();

    assertThat(store().jobs().list(filter().from(Instant.MIN).before(Instant.MAX).newest(9)).jobs())
        .containsExactly(job);
    assertThat(store().jobs().list(filter().from(Instant.MAX).newest(9)).jobs()).isEmpty();
    assertThat(store().jobs().list(filter().before(Instant.MIN).newest(9)).jobs()).isEmpty();
  }
}
