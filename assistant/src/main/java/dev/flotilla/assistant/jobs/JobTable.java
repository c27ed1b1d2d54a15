package dev.flotilla.assistant.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * All jobs. Every method is one transaction that is durable when it returns, but for {@link #claim}
 * and {@link #renew}: a loss of power may undo those, and then the job is given to somebody again.
 * A job runs at least once and has one result, because a worker that lost its lease is not heard
 * any more. Every method throws {@link JobsUnavailable} while the database cannot be used.
 * Thread-safe.
 */
public final class JobTable implements AutoCloseable {
  private final Ledger ledger;
  private final InstantSource clock;
  private final Intake intake;
  private final Claims claims;
  private final Outcomes outcomes;
  private final Endings endings;

  /**
   * @param random for the names of jobs and leases: hard to guess
   */
  public JobTable(Database database, InstantSource clock, RandomGenerator random)
      throws SQLException {
    this.ledger = new Ledger(database);
    this.clock = clock;
    this.intake = new Intake(clock, random);
    this.claims = new Claims(clock, random, database instanceof Database.Postgres);
    this.outcomes = new Outcomes(clock, random);
    this.endings = new Endings(clock);
  }

  /**
   * Takes work on, all of it or none. Work whose key is taken is the job that has it already.
   *
   * @return the jobs in the order of the submissions
   * @throws UnknownJob when one needs a job that is not there
   * @throws CannotBegin when one needs a job that was called off
   */
  public List<Job> submit(List<Submission> submissions) {
    return submit(submissions, Long.MAX_VALUE);
  }

  /**
   * The same, where the jobs have to fit into one answer.
   *
   * @param mostBytes of the jobs as JSON
   * @throws TooMuch when they do not fit; nothing was submitted then
   */
  List<Job> submit(List<Submission> submissions, long mostBytes) {
    return ledger.write(
        connection -> {
          List<Job> jobs = new ArrayList<>();
          long bytes = 0;
          for (Submission submission : submissions) {
            Job job = intake.submit(connection, submission);
            bytes += submissions.size() == 1 ? 0 : job.bytes();
            if (bytes > mostBytes) {
              throw new TooMuch(jobs.size());
            }
            jobs.add(job);
          }
          return List.copyOf(jobs);
        });
  }

  /**
   * Gives a worker what it may do now, the most important first.
   *
   * @param limits how many jobs of a kind may run at once; kinds that are not named have no limit
   */
  public List<Lease> claim(
      Collection<String> kinds,
      String worker,
      Duration lease,
      int most,
      Map<String, Integer> limits) {
    return claim(kinds, worker, lease, most, Long.MAX_VALUE, limits);
  }

  /**
   * The same, and no more once the jobs have so many bytes as JSON.
   *
   * @param enough bytes after which no further job is given
   */
  List<Lease> claim(
      Collection<String> kinds,
      String worker,
      Duration lease,
      int most,
      long enough,
      Map<String, Integer> limits) {
    return ledger.writeSoon(
        connection -> claims.claim(connection, kinds, worker, lease, most, enough, limits));
  }

  /**
   * A sign of life, with progress where the worker knows any.
   *
   * @throws LeaseLost when the job is not the worker's any more; it should stop
   */
  public Instant renew(
      String id, String token, Duration lease, Optional<Double> progress, Optional<String> note) {
    return ledger.writeSoon(
        connection -> outcomes.renew(connection, id, token, lease, progress, note));
  }

  /**
   * Keeps the result and lets those go that waited for it. Said again with the same token it
   * changes nothing, so a worker that did not hear the answer may repeat it.
   *
   * @return the job, and after it those that waited for nothing else
   * @throws LeaseLost when the job is not the worker's any more
   */
  public List<Job> complete(String id, String token, JsonNode result) {
    return ledger.write(connection -> outcomes.complete(connection, id, token, result));
  }

  /**
   * The worker could not do it: it is tried again after a rest, or is dead.
   *
   * @param retry false when trying again would be of no use
   * @throws LeaseLost when the job is not the worker's any more
   */
  public Job fail(String id, String token, String error, boolean retry) {
    return ledger.write(connection -> outcomes.fail(connection, id, token, error, retry));
  }

  /** Jobs whose worker has not been heard of in time fail; gives those. */
  public List<Job> expire() {
    return ledger.write(outcomes::expire);
  }

  /**
   * Calls a job off, and with it those that need it; one that runs is told when it renews.
   *
   * @return the job, and after it those that were called off with it
   */
  public List<Job> cancel(String id) {
    return ledger.write(connection -> endings.cancel(connection, id));
  }

  /** Calls off up to so many jobs of a kind that have not ended well; gives all it changed. */
  List<Job> cancelAll(String kind, Optional<JobState> state, int most) {
    return ledger.write(connection -> endings.cancelAll(connection, kind, state, most));
  }

  /** Gives up to so many dead or cancelled jobs of a kind another life, the oldest first. */
  List<Job> replayAll(String kind, JobState state, int most) {
    return ledger.write(connection -> endings.replayAll(connection, kind, state, most));
  }

  /** Gives a dead or cancelled job another life, its attempts counted anew. */
  public Job replay(String id) {
    return ledger.write(connection -> endings.replay(connection, id));
  }

  /** Drops what ended longer ago than it was to be kept; gives how many. */
  public int forget() {
    return ledger.write(endings::forget);
  }

  public Optional<Job> find(String id) {
    return ledger.read(connection -> JobQueries.find(connection, id));
  }

  /** The newest first. */
  public List<Job> list(Optional<String> kind, Optional<JobState> state, int most) {
    return list(kind, state, Optional.empty(), most, Long.MAX_VALUE);
  }

  /**
   * The newest first, a page at a time.
   *
   * @param before an id: only older ones
   * @param enough bytes as JSON after which no further job is given
   */
  List<Job> list(
      Optional<String> kind,
      Optional<JobState> state,
      Optional<String> before,
      int most,
      long enough) {
    return ledger.read(
        connection -> JobQueries.list(connection, kind, state, before, most, enough));
  }

  /** How many jobs are in each state, by kind. */
  public Map<String, Map<JobState, Long>> counts() {
    return ledger.read(JobQueries::counts);
  }

  /** When the next job that now rests may run; empty when none rests. */
  public Optional<Instant> nextTurn() {
    return ledger.read(connection -> JobQueries.nextTurn(connection, clock.instant()));
  }

  Ledger ledger() {
    return ledger;
  }

  /** Ends after everything asked for is durable. */
  @Override
  public void close() {
    ledger.close();
  }
}
