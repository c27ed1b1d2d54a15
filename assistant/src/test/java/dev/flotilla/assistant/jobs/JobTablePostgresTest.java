package dev.flotilla.assistant.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.TextNode;
import dev.flotilla.assistant.testing.LentServer;
import dev.flotilla.bus.Message;
import dev.flotilla.kernel.testing.TestHost;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Against a PostgreSQL server, also two services at once and while it dies. */
@Tag("external")
class JobTablePostgresTest {
  private static final Duration LEASE = Duration.ofSeconds(30);

  @TempDir static Path folder;
  private static LentServer server;

  private volatile Instant now = Instant.parse("2026-01-01T00:00:00Z");
  private final List<JobTable> open = new ArrayList<>();
  private JobTable jobs;

  @BeforeAll
  static void startServer() throws Exception {
    server = LentServer.postgres(folder);
  }

  @AfterAll
  static void stopServer() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @BeforeEach
  void start() throws Exception {
    jobs = table(1);
    var _ = jobs.ledger().write(c -> Sql.update(c, "TRUNCATE jobs, job_needs, schedules"));
  }

  @AfterEach
  void stop() {
    open.forEach(JobTable::close);
  }

  private JobTable table(int seed) throws Exception {
    Database database =
        Database.of(
            "postgresql://flotilla@127.0.0.1:%d/postgres".formatted(server.port()),
            folder,
            Map.of());
    Awaitility.await("the server listens before it answers")
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptionsInstanceOf(SQLException.class)
        .until(
            () -> {
              database.connect(Database.Flush.AT_COMMIT).close();
              return true;
            });
    JobTable table = new JobTable(database, () -> now, new Random(seed));
    open.add(table);
    return table;
  }

  private Submission work(String payload, Optional<String> key, String... needs) {
    Submission s = Submission.of("mail", new TextNode(payload), now);
    return new Submission(
        s.kind(), s.payload(), 0, now, 3, s.backoff(), s.keepFor(), key, List.of(needs));
  }

  private Job submit(String payload, String... needs) {
    return jobs.submit(List.of(work(payload, Optional.empty(), needs))).getFirst();
  }

  private Lease claim() {
    return jobs.claim(List.of("mail"), "w1", LEASE, 1, Map.of()).getFirst();
  }

  @Test
  void aJobLivesItsWholeLife() {
    Job first = submit("a");
    Job second = submit("b", first.id());
    assertThat(second.state()).isEqualTo(JobState.BLOCKED);
    Lease lease = claim();
    jobs.renew(first.id(), lease.token(), LEASE, Optional.of(0.5), Optional.empty());
    jobs.complete(first.id(), lease.token(), new TextNode("sent"));
    assertThat(jobs.find(first.id()).orElseThrow().result()).contains(new TextNode("sent"));
    for (int attempt = 1; attempt <= 3; attempt++) {
      now = jobs.fail(second.id(), claim().token(), "no", true).runAt();
    }
    assertThat(jobs.list(Optional.of("mail"), Optional.of(JobState.DEAD), 5)).hasSize(1);
    assertThat(jobs.replay(second.id()).state()).isEqualTo(JobState.QUEUED);
    assertThat(jobs.nextTurn()).isEmpty();
    now = now.plusSeconds(1);
    claim();
    now = now.plus(LEASE).plusSeconds(1);
    assertThat(jobs.expire()).extracting(Job::id).containsExactly(second.id());
    jobs.cancel(second.id());
    assertThat(jobs.counts().get("mail"))
        .isEqualTo(Map.of(JobState.DONE, 1L, JobState.CANCELLED, 1L));
    now = now.plus(Duration.ofDays(8));
    assertThat(jobs.forget()).isEqualTo(2);
  }

  @Test
  void schedulesAreKeptThereToo() {
    Schedules schedules = new Schedules(jobs, () -> now);
    schedules.put("daily", "mail", new TextNode("x"), 3, "0 6 * * *", "UTC");
    now = Instant.parse("2026-01-01T06:00:01Z");
    assertThat(schedules.submitDue()).hasSize(1);
    assertThat(schedules.submitDue()).isEmpty();
    assertThat(schedules.list()).hasSize(1);
  }

  @Test
  void twoServicesTakeEachJobOnceAndKeepTheLimitTogether() throws Exception {
    JobTable other = table(2);
    for (int i = 0; i < 60; i++) {
      submit("x" + i);
    }
    Set<String> taken = Collections.synchronizedSet(new HashSet<>());
    Map<String, Integer> limit = Map.of("mail", 25);
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      List<Callable<List<Lease>>> asks = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        JobTable table = i % 2 == 0 ? jobs : other;
        asks.add(() -> table.claim(List.of("mail"), "w", LEASE, 1, limit));
      }
      for (Future<List<Lease>> each : threads.invokeAll(asks)) {
        each.get().forEach(lease -> assertThat(taken.add(lease.job().id())).isTrue());
      }
    }
    assertThat(taken).hasSize(25);
  }

  /** A worker that waits at one service is told of work that came in at another. */
  @Test
  void whoWaitsAtOneServiceHearsOfWorkAtAnother() throws Exception {
    String url = "postgresql://flotilla@127.0.0.1:%d/postgres".formatted(server.port());
    try (TestHost host =
            TestHost.start(
                AsyncProcessor.factory(),
                folder.resolve("one"),
                Map.of("database", url, "jetStream", false));
        var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      now = host.time().instant();
      Map<String, Object> claim = Map.of("kinds", List.of("mail"), "worker", "w", "patience", 29);
      Future<Integer> waiting =
          threads.submit(() -> host.call("claim", claim).path("leases").size());
      submit("from elsewhere");
      Awaitility.await()
          .atMost(Duration.ofSeconds(25))
          .until(
              () -> {
                host.bus().publish(Message.of("flotilla.event.job.mail", "{}"));
                return waiting.isDone();
              });
      assertThat(waiting.get()).isOne();
    }
  }

  @Test
  void twoServicesThatAreGivenOneKeyAtOnceHaveOneJob() throws Exception {
    JobTable other = table(2);
    Set<String> ids = Collections.synchronizedSet(new HashSet<>());
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (int i = 0; i < 40; i++) {
        JobTable table = i % 2 == 0 ? jobs : other;
        var _ =
            threads.submit(
                () -> ids.add(table.submit(List.of(work("a", Optional.of("k")))).getFirst().id()));
      }
    }
    assertThat(ids).hasSize(1);
  }

  @Test
  void aServerThatDiesIsToldOfAndTakenUpAgain() throws Exception {
    Job kept = submit("kept");
    server.kill();
    assertThatThrownBy(() -> submit("lost"))
        .isInstanceOf(JobsUnavailable.class)
        .hasMessageContaining("the database refused");
    assertThatThrownBy(() -> submit("lost")).isInstanceOf(JobsUnavailable.class);
    server.startAgain();
    Awaitility.await()
        .ignoreExceptionsInstanceOf(JobsUnavailable.class)
        .until(() -> jobs.find(kept.id()).isPresent());
    assertThat(claim().job().id()).isEqualTo(kept.id());
    assertThat(jobs.list(Optional.empty(), Optional.empty(), 10)).hasSize(1);
  }

  /** Not ready is shown; not well would be a restart, which brings no database back. */
  @Test
  void theServiceIsNotReadyWhileTheServerIsAwayAndGoesOnByItself(@TempDir Path state)
      throws Exception {
    Map<String, Object> config =
        Map.of("database", "postgresql://flotilla@127.0.0.1:%d/postgres".formatted(server.port()));
    try (TestHost host = TestHost.start(AsyncProcessor.factory(), state, config);
        HttpClient client = HttpClient.newHttpClient()) {
      assertThat(status(client, host, "/ready")).isEqualTo(200);
      server.kill();
      host.time().advance(Duration.ofSeconds(2));
      assertThat(status(client, host, "/ready")).isEqualTo(503);
      assertThat(status(client, host, "/health")).isEqualTo(200);
      server.startAgain();
      Awaitility.await()
          .atMost(Duration.ofSeconds(60))
          .until(
              () -> {
                host.time().advance(Duration.ofSeconds(2));
                return status(client, host, "/ready") == 200;
              });
    }
  }

  private static int status(HttpClient client, TestHost host, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + host.port() + path);
    return client
        .send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  /** PostgreSQL keeps no NUL in a text. */
  @Test
  void aTextWithANulIsKeptWithoutIt() {
    Submission keyed = work("a", Optional.of("k\0ey"));
    Job job = jobs.submit(List.of(keyed)).getFirst();
    assertThat(jobs.submit(List.of(keyed)).getFirst().id()).isEqualTo(job.id());
    assertThat(jobs.fail(job.id(), claim().token(), "no\0 route", false).error())
        .contains("no\uFFFD route");
    assertThat(jobs.find("j\0")).isEmpty();
  }

  @Test
  void allOfAKindAreCalledOffAndReplayed() {
    Job need = submit("a");
    submit("b", need.id());
    submit("c");
    assertThat(jobs.cancelAll("mail", Optional.of(JobState.QUEUED), 1)).isNotEmpty();
    jobs.cancelAll("mail", Optional.empty(), 100);
    assertThat(jobs.counts().get("mail")).isEqualTo(Map.of(JobState.CANCELLED, 3L));
    assertThat(jobs.replayAll("mail", JobState.CANCELLED, 100)).hasSize(3);
    assertThat(jobs.list(Optional.of("mail"), Optional.empty(), Optional.of(need.id()), 10, 1_000))
        .as("older than the first")
        .isEmpty();
  }
}
