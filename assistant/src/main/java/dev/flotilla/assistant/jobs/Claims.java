package dev.flotilla.assistant.jobs;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Gives jobs to workers, never more of a kind than may run at once. */
final class Claims {
  /** What those who count running jobs at once in one PostgreSQL agree on: "flotilla". */
  private static final long COUNTING = 0x666c6f74696c6c61L;

  /** Others take the next one instead of waiting for this. */
  private static final String HOLD = " FOR UPDATE SKIP LOCKED";

  private final InstantSource clock;
  private final RandomGenerator random;
  private final boolean shared;

  /**
   * @param shared whether other processes may claim from the same tables at the same time
   */
  Claims(InstantSource clock, RandomGenerator random, boolean shared) {
    this.clock = clock;
    this.random = random;
    this.shared = shared;
  }

  List<Lease> claim(
      Connection connection,
      Collection<String> kinds,
      String worker,
      Duration lease,
      int most,
      long enough,
      Map<String, Integer> limits)
      throws SQLException {
    Map<String, Integer> room = room(connection, kinds, limits);
    List<Lease> leases = new ArrayList<>();
    long bytes = 0;
    while (leases.size() < most && bytes < enough && !room.isEmpty()) {
      Optional<String> kind = kind(connection, room.keySet());
      if (kind.isEmpty()) {
        break;
      }
      List<String> next =
          first(connection, kind.get(), row -> row.getString(1), shared ? HOLD : "");
      if (next.isEmpty()) {
        var _ = room.remove(kind.get());
        continue;
      }
      leases.add(give(connection, next.getFirst(), worker, lease));
      bytes += most == 1 ? 0 : leases.getLast().job().bytes();
      room.computeIfPresent(kind.get(), (each, n) -> n <= 1 ? null : n - 1);
    }
    return List.copyOf(leases);
  }

  private Map<String, Integer> room(
      Connection connection, Collection<String> kinds, Map<String, Integer> limits)
      throws SQLException {
    if (shared && kinds.stream().anyMatch(limits::containsKey)) {
      var _ = Sql.query(connection, row -> "", "SELECT pg_advisory_xact_lock(?)", COUNTING);
    }
    Map<String, Integer> room = new LinkedHashMap<>();
    for (String kind : kinds) {
      Integer limit = limits.get(kind);
      int left = limit == null ? Integer.MAX_VALUE : limit - running(connection, kind);
      if (left > 0) {
        room.put(kind, left);
      }
    }
    return room;
  }

  private static int running(Connection connection, String kind) throws SQLException {
    return Sql.query(
            connection,
            row -> row.getInt(1),
            "SELECT count(*) FROM jobs WHERE state = 'running' AND kind = ?",
            kind)
        .getFirst();
  }

  /** The most important of the kinds that has work now: each kind by itself, for its index. */
  private Optional<String> kind(Connection connection, Collection<String> kinds)
      throws SQLException {
    if (kinds.size() == 1) {
      return kinds.stream().findFirst();
    }
    List<Head> heads = new ArrayList<>();
    for (String kind : kinds) {
      heads.addAll(
          first(
              connection,
              kind,
              row -> new Head(kind, row.getInt(2), row.getLong(3), row.getString(1)),
              ""));
    }
    return heads.stream().min(Head.TURN).map(Head::kind);
  }

  private record Head(String kind, int priority, long runAt, String id) {
    static final Comparator<Head> TURN =
        Comparator.comparingInt(Head::priority)
            .reversed()
            .thenComparingLong(Head::runAt)
            .thenComparing(Head::id);
  }

  private <T> List<T> first(
      Connection connection, String kind, Sql.Reader<T> reader, String locking)
      throws SQLException {
    return Sql.query(
        connection,
        reader,
        """
        SELECT id, priority, run_at FROM jobs WHERE kind = ? AND state = 'queued' AND run_at <= ?
          ORDER BY priority DESC, run_at, id LIMIT 1\
        """
            + locking,
        kind,
        clock.instant());
  }

  private Lease give(Connection connection, String id, String worker, Duration lease)
      throws SQLException {
    Instant now = clock.instant();
    String token = JobIds.secret(now, random);
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
    return new Lease(token, until, JobQueries.find(connection, id).orElseThrow());
  }
}
