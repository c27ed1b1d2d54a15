package dev.flotilla.assistant.jobs;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.kernel.wire.Wire;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * All jobs. Every method is one transaction that is durable when it returns; a job runs at least
 * once and has one result, because a worker that lost its lease is not heard any more. Thread-safe.
 */
public final class JobTable implements AutoCloseable {
  private final Ledger ledger;
  private final InstantSource clock;
  private final RandomGenerator random;
  private final boolean skipLocked;

  /**
   * @param random for the names of jobs and leases: hard to guess
   */
  public JobTable(Database database, InstantSource clock, RandomGenerator random)
      throws SQLException {
    this.ledger = new Ledger(database);
    this.clock = clock;
    this.random = random;
    this.skipLocked = database instanceof Database.Postgres;
  }

  /**
   * Takes work on, all of it or none. Work whose key is taken is the job that has it already.
   *
   * @return the jobs in the order of the submissions
   */
  public List<Job> submit(List<Submission> submissions) {
    return ledger.write(
        connection -> {
          List<Job> jobs = new ArrayList<>();
          for (Submission submission : submissions) {
            jobs.add(submit(connection, submission));
          }
          return List.copyOf(jobs);
        });
  }

  private Job submit(Connection connection, Submission s) throws SQLException {
    Instant now = clock.instant();
    if (s.key().isPresent()) {
      List<String> taken =
          Sql.query(
              connection,
              row -> row.getString(1),
              "SELECT id FROM jobs WHERE kind = ? AND key = ?",
              s.kind(),
              s.key().get());
      if (!taken.isEmpty()) {
        return find(connection, taken.getFirst()).orElseThrow();
      }
    }
    String id = JobIds.next(now, random);
    List<String> open = open(connection, s.needs());
    for (String need : open) {
      var _ = Sql.update(connection, "INSERT INTO job_needs (job, needs) VALUES (?, ?)", id, need);
    }
    JobState state = open.isEmpty() ? JobState.QUEUED : JobState.BLOCKED;
    var _ =
        Sql.update(
            connection,
            """
            INSERT INTO jobs (id, kind, state, priority, payload, key, attempts, max_attempts,
              backoff, created_at, run_at, keep_for) VALUES (?, ?, ?, ?, ?, ?, 0, ?, ?, ?, ?, ?)\
            """,
            id,
            s.kind(),
            state,
            s.priority(),
            Wire.text(s.payload()),
            s.key().orElse(null),
            s.maxAttempts(),
            s.backoff(),
            now,
            s.runAt(),
            s.keepFor());
    return find(connection, id).orElseThrow();
  }

  /** Which of the needed jobs are not done yet. */
  private static List<String> open(Connection connection, List<String> needs) throws SQLException {
    List<String> open = new ArrayList<>();
    for (String need : needs.stream().distinct().toList()) {
      List<String> states =
          Sql.query(
              connection, row -> row.getString(1), "SELECT state FROM jobs WHERE id = ?", need);
      if (states.isEmpty()) {
        throw new UnknownJob(need);
      }
      if (!states.getFirst().equals(JobState.DONE.label())) {
        open.add(need);
      }
    }
    return open;
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
    return ledger.write(
        connection -> {
          Map<String, Integer> room = room(connection, kinds, limits);
          List<Lease> leases = new ArrayList<>();
          while (leases.size() < most && !room.isEmpty()) {
            Optional<String> next = next(connection, room.keySet());
            if (next.isEmpty()) {
              break;
            }
            Lease given = give(connection, next.get(), worker, lease);
            leases.add(given);
            room.computeIfPresent(given.job().kind(), (kind, n) -> n <= 1 ? null : n - 1);
          }
          return List.copyOf(leases);
        });
  }

  private static Map<String, Integer> room(
      Connection connection, Collection<String> kinds, Map<String, Integer> limits)
      throws SQLException {
    Map<String, Integer> room = new LinkedHashMap<>();
    for (String kind : kinds) {
      Integer limit = limits.get(kind);
      int left = Integer.MAX_VALUE;
      if (limit != null) {
        left =
            limit
                - Sql.query(
                        connection,
                        row -> row.getInt(1),
                        "SELECT count(*) FROM jobs WHERE state = 'running' AND kind = ?",
                        kind)
                    .getFirst();
      }
      if (left > 0) {
        room.put(kind, left);
      }
    }
    return room;
  }

  private Optional<String> next(Connection connection, Collection<String> kinds)
      throws SQLException {
    List<Object> parameters = new ArrayList<>(kinds);
    parameters.addFirst(clock.instant());
    return Sql.query(
            connection,
            row -> row.getString(1),
            "SELECT id FROM jobs WHERE state = 'queued' AND run_at <= ? AND kind IN ("
                + Sql.places(kinds.size())
                + ") ORDER BY priority DESC, run_at, id LIMIT 1"
                + (skipLocked ? " FOR UPDATE SKIP LOCKED" : ""),
            parameters.toArray())
        .stream()
        .findFirst();
  }

  private Lease give(Connection connection, String id, String worker, Duration lease)
      throws SQLException {
    Instant now = clock.instant();
    String token = JobIds.next(now, random);
    Instant until = now.plus(lease);
    var _ =
        Sql.update(
            connection,
            """
            UPDATE jobs SET state = 'running', attempts = attempts + 1, started_at = ?, lease = ?,
              lease_until = ?, worker = ?, progress = NULL, note = NULL WHERE id = ?\
            """,
            now,
            token,
            until,
            worker,
            id);
    return new Lease(token, until, find(connection, id).orElseThrow());
  }

  /**
   * A sign of life, with progress where the worker knows any.
   *
   * @throws LeaseLost when the job is not the worker's any more; it should stop
   */
  public Instant renew(
      String id, String token, Duration lease, Optional<Double> progress, Optional<String> note) {
    return ledger.write(
        connection -> {
          hold(connection, id, token);
          Instant until = clock.instant().plus(lease);
          var _ =
              Sql.update(
                  connection,
                  """
                  UPDATE jobs SET lease_until = ?, progress = coalesce(?, progress),
                    note = coalesce(?, note) WHERE id = ?\
                  """,
                  until,
                  progress.orElse(null),
                  note.orElse(null),
                  id);
          return until;
        });
  }

  /** Keeps the result and lets those go that waited for it. */
  public Job complete(String id, String token, JsonNode result) {
    return ledger.write(
        connection -> {
          hold(connection, id, token);
          var _ =
              Sql.update(
                  connection,
                  """
                  UPDATE jobs SET state = 'done', result = ?, finished_at = ?, lease = NULL,
                    lease_until = NULL, error = NULL, progress = 1 WHERE id = ?\
                  """,
                  Wire.text(result),
                  clock.instant(),
                  id);
          release(connection, id);
          return find(connection, id).orElseThrow();
        });
  }

  /**
   * The worker could not do it: it is tried again after a rest, or is dead.
   *
   * @param retry false when trying again would be of no use
   */
  public Job fail(String id, String token, String error, boolean retry) {
    return ledger.write(
        connection -> {
          hold(connection, id, token);
          failed(connection, id, error, retry);
          return find(connection, id).orElseThrow();
        });
  }

  private void failed(Connection connection, String id, String error, boolean retry)
      throws SQLException {
    Job job = find(connection, id).orElseThrow();
    Instant now = clock.instant();
    if (retry && job.attempts() < job.maxAttempts()) {
      Duration first =
          Duration.ofMillis(
              Sql.query(
                      connection,
                      row -> row.getLong(1),
                      "SELECT backoff FROM jobs WHERE id = ?",
                      id)
                  .getFirst());
      Duration rest = Backoff.after(job.attempts(), first, random.nextDouble());
      var _ =
          Sql.update(
              connection,
              """
              UPDATE jobs SET state = 'queued', run_at = ?, error = ?, lease = NULL,
                lease_until = NULL WHERE id = ?\
              """,
              now.plus(rest),
              error,
              id);
    } else {
      var _ =
          Sql.update(
              connection,
              """
              UPDATE jobs SET state = 'dead', finished_at = ?, error = ?, lease = NULL,
                lease_until = NULL WHERE id = ?\
              """,
              now,
              error,
              id);
    }
  }

  /** Jobs whose worker has not been heard of in time fail; gives those. */
  public List<Job> expire() {
    return ledger.write(
        connection -> {
          List<Job> late =
              Sql.query(
                  connection,
                  row -> JobRow.read(row, List.of()),
                  "SELECT * FROM jobs WHERE state = 'running' AND lease_until < ?",
                  clock.instant());
          List<Job> expired = new ArrayList<>();
          for (Job job : late) {
            failed(
                connection,
                job.id(),
                "worker %s was not heard of before its lease ended"
                    .formatted(job.worker().orElse("?")),
                true);
            expired.add(find(connection, job.id()).orElseThrow());
          }
          return List.copyOf(expired);
        });
  }

  /** Calls a job off, and with it those that need it; one that runs is told when it renews. */
  public Job cancel(String id) {
    return ledger.write(
        connection -> {
          Job job = find(connection, id).orElseThrow(() -> new UnknownJob(id));
          if (job.state() != JobState.DONE) {
            cancel(connection, id, "called off");
          }
          return find(connection, id).orElseThrow();
        });
  }

  private void cancel(Connection connection, String id, String why) throws SQLException {
    int changed =
        Sql.update(
            connection,
            """
            UPDATE jobs SET state = 'cancelled', finished_at = ?, lease = NULL, lease_until = NULL,
              error = ? WHERE id = ? AND state <> 'done' AND state <> 'cancelled'\
            """,
            clock.instant(),
            why,
            id);
    if (changed == 1) {
      for (String dependent : dependents(connection, id)) {
        cancel(connection, dependent, "needs %s, which was called off".formatted(id));
      }
    }
  }

  /** Gives dead or cancelled jobs another life, their attempts counted anew. */
  public Job replay(String id) {
    return ledger.write(
        connection -> {
          Job job = find(connection, id).orElseThrow(() -> new UnknownJob(id));
          if (job.state() == JobState.DEAD || job.state() == JobState.CANCELLED) {
            var _ =
                Sql.update(
                    connection,
                    """
                    UPDATE jobs SET state = ?, attempts = 0, run_at = ?, finished_at = NULL,
                      error = NULL WHERE id = ?\
                    """,
                    job.needs().isEmpty() ? JobState.QUEUED : JobState.BLOCKED,
                    clock.instant(),
                    id);
          }
          return find(connection, id).orElseThrow();
        });
  }

  /** Drops what ended longer ago than it was to be kept; gives how many. */
  public int forget() {
    return ledger.write(
        connection ->
            Sql.update(
                connection,
                """
                DELETE FROM jobs WHERE state IN ('done', 'dead', 'cancelled')
                  AND finished_at + keep_for < ?\
                """,
                clock.instant()));
  }

  public Optional<Job> find(String id) {
    return ledger.write(connection -> find(connection, id));
  }

  /** The newest first. */
  public List<Job> list(Optional<String> kind, Optional<JobState> state, int most) {
    return ledger.write(
        connection -> {
          List<String> ids =
              Sql.query(
                  connection,
                  row -> row.getString(1),
                  """
                  SELECT id FROM jobs WHERE kind = coalesce(?, kind) AND state = coalesce(?, state)
                    ORDER BY created_at DESC, id DESC LIMIT ?\
                  """,
                  kind.orElse(null),
                  state.map(JobState::label).orElse(null),
                  most);
          List<Job> jobs = new ArrayList<>();
          for (String id : ids) {
            jobs.add(find(connection, id).orElseThrow());
          }
          return List.copyOf(jobs);
        });
  }

  /** How many jobs are in each state, by kind. */
  public Map<String, Map<JobState, Long>> counts() {
    return ledger.write(
        connection -> {
          Map<String, Map<JobState, Long>> counts = new LinkedHashMap<>();
          var _ =
              Sql.query(
                  connection,
                  row ->
                      counts
                          .computeIfAbsent(row.getString(1), kind -> new LinkedHashMap<>())
                          .put(JobState.ofLabel(row.getString(2)), row.getLong(3)),
                  "SELECT kind, state, count(*) FROM jobs GROUP BY kind, state ORDER BY kind,"
                      + " state");
          return counts;
        });
  }

  /** When the next job that now rests may run; empty when none rests. */
  public Optional<Instant> nextTurn() {
    return ledger.write(
        connection ->
            Sql.query(
                    connection,
                    row -> row.getLong(1),
                    "SELECT coalesce(min(run_at), 0) FROM jobs WHERE state = 'queued' AND run_at >"
                        + " ?",
                    clock.instant())
                .stream()
                .filter(millis -> millis > 0)
                .map(Instant::ofEpochMilli)
                .findFirst());
  }

  Ledger ledger() {
    return ledger;
  }

  private static void hold(Connection connection, String id, String token) throws SQLException {
    List<Boolean> held =
        Sql.query(
            connection,
            row -> token.equals(row.getString(1)),
            "SELECT lease FROM jobs WHERE id = ? AND state = 'running'",
            id);
    if (held.isEmpty() || !held.getFirst()) {
      throw new LeaseLost(
          "job %s is not held by this lease any more: it was called off, or the lease ended and"
                  .formatted(id)
              + " somebody else has it");
    }
  }

  private static void release(Connection connection, String id) throws SQLException {
    List<String> dependents = dependents(connection, id);
    var _ = Sql.update(connection, "DELETE FROM job_needs WHERE needs = ?", id);
    for (String dependent : dependents) {
      if (needs(connection, dependent).isEmpty()) {
        var _ =
            Sql.update(
                connection,
                "UPDATE jobs SET state = 'queued' WHERE id = ? AND state = 'blocked'",
                dependent);
      }
    }
  }

  private static List<String> dependents(Connection connection, String id) throws SQLException {
    return Sql.query(
        connection, row -> row.getString(1), "SELECT job FROM job_needs WHERE needs = ?", id);
  }

  private static List<String> needs(Connection connection, String id) throws SQLException {
    return Sql.query(
        connection,
        row -> row.getString(1),
        "SELECT needs FROM job_needs WHERE job = ? ORDER BY needs",
        id);
  }

  private static Optional<Job> find(Connection connection, String id) throws SQLException {
    List<String> needs = needs(connection, id);
    return Sql.query(
            connection, row -> JobRow.read(row, needs), "SELECT * FROM jobs WHERE id = ?", id)
        .stream()
        .findFirst();
  }

  /** Ends after everything asked for is durable. */
  @Override
  public void close() {
    ledger.close();
  }
}
