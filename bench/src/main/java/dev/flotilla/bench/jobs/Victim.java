package dev.flotilla.bench.jobs;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.flotilla.assistant.jobs.Database;
import dev.flotilla.assistant.jobs.Job;
import dev.flotilla.assistant.jobs.JobTable;
import dev.flotilla.assistant.jobs.JobsUnavailable;
import dev.flotilla.assistant.jobs.Lease;
import dev.flotilla.assistant.jobs.LeaseLost;
import dev.flotilla.assistant.jobs.Submission;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/**
 * Submits and does jobs until it is killed, and prints each answer after it was given: {@code
 * submitted ID}, {@code done ID RESULT}. With {@code drain} it submits nothing and ends when all is
 * done.
 */
final class Victim {
  private static final Duration LEASE = Duration.ofMillis(300);
  private static final Map<String, Integer> NO_LIMITS = Map.of();

  private Victim() {}

  public static void main(String[] args) throws Exception {
    boolean drain = args.length > 1;
    Clock clock = Clock.systemUTC();
    try (JobTable jobs = open(args[0])) {
      say("ready");
      Thread.ofPlatform().daemon().start(() -> expire(jobs));
      Thread worker = Thread.ofPlatform().daemon().start(() -> work(jobs, drain));
      var _ = Thread.ofPlatform().daemon().start(() -> work(jobs, drain));
      if (!drain) {
        while (true) {
          submit(jobs, clock);
        }
      }
      worker.join();
    }
  }

  /** A server that was killed answers only once it has looked through its log. */
  static JobTable open(String where) throws InterruptedException {
    while (true) {
      try {
        return new JobTable(database(where), Clock.systemUTC(), new SecureRandom());
      } catch (SQLException notYet) {
        Thread.sleep(50);
      }
    }
  }

  /**
   * @param where a file, or the URL of a PostgreSQL
   */
  private static Database database(String where) {
    return Database.of(where.contains("://") ? where : "", Path.of(where), Map.of());
  }

  /** A server that is killed and started again is asked until it answers. */
  private static <T> T answered(Supplier<T> question) {
    while (true) {
      try {
        return question.get();
      } catch (JobsUnavailable away) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
  }

  private static void submit(JobTable jobs, Clock clock) {
    String key = UUID.randomUUID().toString();
    Submission plain = Submission.of("bench", new TextNode(key), clock.instant());
    Submission keyed =
        new Submission(
            plain.kind(),
            plain.payload(),
            0,
            plain.runAt(),
            1_000,
            Duration.ofMillis(10),
            plain.keepFor(),
            Optional.of(key),
            List.of());
    Job job = answered(() -> jobs.submit(List.of(keyed))).getFirst();
    say("submitted " + job.id());
    LockSupport.parkNanos(Duration.ofMillis(4).toNanos());
  }

  private static void expire(JobTable jobs) {
    while (true) {
      var _ = answered(jobs::expire);
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
  }

  private static void work(JobTable jobs, boolean drain) {
    int idle = 0;
    while (!drain || idle < 60) {
      List<Lease> leases =
          answered(() -> jobs.claim(List.of("bench"), "victim", LEASE, 2, NO_LIMITS));
      idle = leases.isEmpty() ? idle + 1 : 0;
      for (Lease lease : leases) {
        finish(jobs, lease);
      }
      if (leases.isEmpty()) {
        LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
      }
    }
  }

  private static void finish(JobTable jobs, Lease lease) {
    String result = UUID.randomUUID().toString();
    try {
      Job job =
          answered(() -> jobs.complete(lease.job().id(), lease.token(), new TextNode(result)))
              .getFirst();
      say("done " + job.id() + " " + result);
    } catch (LeaseLost e) {
      say("lost " + lease.job().id());
    }
  }

  private static synchronized void say(String line) {
    System.out.println(line);
    System.out.flush();
  }
}
