package dev.ss.testkit.play;

import dev.ss.testkit.model.Findings;
import dev.ss.testkit.model.Told;
import dev.ss.testkit.model.Walk;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** What the clients know from the answers they got. */
final class Knowledge {
  private final List<String> jobs = new ArrayList<>();
  private final List<Submission> keyed = new ArrayList<>();
  private final Map<String, String> jobOfKey = new ConcurrentHashMap<>();
  private final Set<String> createdKeys = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> retries = new ConcurrentHashMap<>();
  private final Queue<Told> told = new ConcurrentLinkedQueue<>();
  private final Queue<Walk> walks = new ConcurrentLinkedQueue<>();
  private final Map<String, Integer> answers = new ConcurrentHashMap<>();
  private final AtomicInteger unanswered = new AtomicInteger();
  private final Findings findings = new Findings();

  /** Records a submission that is about to be sent. */
  synchronized void submits(Submission submission) {
    if (submission.key().isPresent()) {
      keyed.add(submission);
    }
  }

  /** Records that a submission was answered with this job. */
  void accepted(Submission submission, String jobId, boolean created) {
    synchronized (this) {
      jobs.add(jobId);
    }
    if (submission.key().isEmpty()) {
      if (!created) {
        surprise("a submission without a key is answered with an old job", jobId);
      }
      return;
    }
    String key = submission.key().get();
    String before = jobOfKey.putIfAbsent(key, jobId);
    if (before != null && !before.equals(jobId)) {
      surprise("one key has two jobs", key + " " + before + " " + jobId);
    }
    if (created && !createdKeys.add(key)) {
      surprise("a job is created twice under one key", key + " " + jobId);
    }
  }

  /** Records that a submission may or may not have been stored. */
  void unanswered(Submission submission) {
    if (submission.key().isEmpty()) {
      unanswered.incrementAndGet();
    }
  }

  void told(Told news) {
    told.add(news);
  }

  void walked(Walk walk) {
    walks.add(walk);
  }

  /** Records that a client may have had this job queued again. */
  void mayBeRetried(String jobId) {
    retries.merge(jobId, 1, Integer::sum);
  }

  void answered(String what, int status) {
    String words = what + " " + (status == TimedAnswer.NONE ? "none" : Integer.toString(status));
    answers.merge(words, 1, Integer::sum);
  }

  synchronized void surprise(String rule, String example) {
    findings.add(rule, example);
  }

  /** Returns one of the accepted jobs; the smaller the age, the newer. */
  synchronized Optional<String> job(int age) {
    return jobs.isEmpty()
        ? Optional.empty()
        : Optional.of(jobs.get(jobs.size() - 1 - age % jobs.size()));
  }

  /** Returns one of the submissions with a key; the smaller the age, the newer. */
  synchronized Optional<Submission> keyed(int age) {
    return keyed.isEmpty()
        ? Optional.empty()
        : Optional.of(keyed.get(keyed.size() - 1 - age % keyed.size()));
  }

  boolean isAccepted(String key) {
    return jobOfKey.containsKey(key);
  }

  /** Returns the submissions with a key that may or may not have been stored. */
  synchronized List<Submission> open() {
    return keyed.stream().filter(each -> !isAccepted(each.key().orElseThrow())).toList();
  }

  synchronized Set<String> jobs() {
    return new LinkedHashSet<>(jobs);
  }

  int unanswered() {
    return unanswered.get();
  }

  Map<String, Integer> retries() {
    return retries;
  }

  List<Told> told() {
    return List.copyOf(told);
  }

  List<Walk> walks() {
    return List.copyOf(walks);
  }

  Findings findings() {
    return findings;
  }

  /** Returns how often there was each answer. */
  Map<String, Integer> answers() {
    return new TreeMap<>(answers);
  }
}
