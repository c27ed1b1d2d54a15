package dev.flotilla.assistant.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the operations of the AsyncProcessor take and give. */
final class Requests {
  private Requests() {}

  /**
   * @param delay wait before it may run
   * @param at do not run before this
   * @param after jobs that must be done first
   */
  record Work(
      String kind,
      JsonNode payload,
      Optional<Integer> priority,
      Optional<Duration> delay,
      Optional<Instant> at,
      Optional<Integer> maxAttempts,
      Optional<Duration> backoff,
      Optional<Duration> keepFor,
      Optional<String> key,
      List<String> after) {}

  record Submit(List<Work> jobs) {}

  record Jobs(List<Job> jobs) {}

  record One(Job job) {}

  record Id(String id) {}

  /**
   * @param patience how long to wait for the job's end
   */
  record Wait(String id, Optional<Duration> patience) {}

  /**
   * @param patience how long to wait for work when there is none
   */
  record Claim(
      List<String> kinds,
      String worker,
      Optional<Integer> most,
      Optional<Duration> lease,
      Optional<Duration> patience) {}

  record Leases(List<Lease> leases) {}

  record Renew(
      String id,
      String token,
      Optional<Duration> lease,
      Optional<Double> progress,
      Optional<String> note) {}

  record Renewed(Instant until) {}

  record Complete(String id, String token, JsonNode result) {}

  record Fail(String id, String token, String error, Optional<Boolean> retry) {}

  /**
   * @param before the id of a job: only older ones
   */
  record Query(
      Optional<String> kind,
      Optional<JobState> state,
      Optional<Integer> most,
      Optional<String> before) {}

  /**
   * @param next to be given as {@code before} for the next page; empty at the end
   */
  record Page(List<Job> jobs, Optional<String> next) {}

  /**
   * @param state only those in this state
   */
  record All(String kind, Optional<JobState> state, Optional<Integer> most) {}

  /**
   * @param jobs how many were changed
   * @param more whether to ask again for the rest
   */
  record Changed(int jobs, boolean more) {}

  record Counts(Map<String, Map<JobState, Long>> kinds) {}

  record PutSchedule(
      String name,
      String kind,
      JsonNode payload,
      Optional<Integer> priority,
      String cron,
      Optional<String> zone) {}

  record Name(String name) {}

  record ScheduleList(List<Schedule> schedules) {}

  record Removed(boolean removed) {}
}
