package dev.ss.testkit.model;

import java.util.Collection;
import java.util.Map;
import java.util.Set;

/**
 * All observations of one SS.
 *
 * @param accepted the ids of the jobs that clients got in answers
 * @param unanswered how many submissions without a key may or may not have been stored
 * @param retries how often a client may have had a job queued again, by job
 * @param counted {@code ss_jobs_total} of all processes together, by event
 */
public record Observed(
    History history,
    Set<String> accepted,
    int unanswered,
    Map<String, Integer> retries,
    Collection<Told> told,
    Collection<Walk> walks,
    Collection<Run> runs,
    Map<String, String> outputs,
    Silences silences,
    Map<String, Double> counted,
    Collection<Counts.Unseen> unseen) {}
