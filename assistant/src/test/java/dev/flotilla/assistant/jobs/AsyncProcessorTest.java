package dev.flotilla.assistant.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.testing.TestHost;
import dev.flotilla.kernel.wire.Wire;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The service as others see it, over the bus. */
class AsyncProcessorTest {
  @TempDir Path state;
  private final List<String> events = Collections.synchronizedList(new ArrayList<>());
  private TestHost host;

  @BeforeEach
  void start() {
    host = TestHost.start(AsyncProcessor.factory(), state, Map.of("limits", Map.of("mail", 2)));
    var _ =
        host.bus()
            .subscribe(
                "flotilla.event.job.>",
                "",
                m -> events.add(Wire.read(m.data(), JsonNode.class).path("state").asText()));
  }

  @AfterEach
  void stop() {
    host.close();
  }

  private JsonNode call(String operation, Object request) {
    return host.call(operation, request);
  }

  private JsonNode submit(String payload) {
    return call(
            "submit",
            Map.of("jobs", List.of(Map.of("kind", "mail", "payload", payload, "backoff", 1))))
        .path("jobs")
        .path(0);
  }

  private JsonNode claim() {
    return call("claim", Map.of("kinds", List.of("mail"), "worker", "w1", "most", 5))
        .path("leases");
  }

  @Test
  void aJobGoesFromSubmissionToItsResult() {
    String id = submit("hello").path("id").asText();
    JsonNode lease = claim().path(0);
    assertThat(lease.path("job").path("payload").asText()).isEqualTo("hello");
    String token = lease.path("token").asText();
    JsonNode done =
        call("complete", Map.of("id", id, "token", token, "result", "sent")).path("job");
    assertThat(done.path("state").asText()).isEqualTo("done");
    assertThat(call("get", Map.of("id", id)).path("job").path("result").asText()).isEqualTo("sent");
    assertThat(events).containsExactly("queued", "running", "done");
    assertThat(call("counts", Map.of()).path("kinds").path("mail").path("done").asInt())
        .isEqualTo(1);
  }

  @Test
  void theLimitOfTheManifestHolds() {
    for (int i = 0; i < 4; i++) {
      submit("x" + i);
    }
    assertThat(claim()).hasSize(2);
    assertThat(claim()).isEmpty();
  }

  @Test
  void aDeadWorkersJobComesBackByItself() {
    String id = submit("x").path("id").asText();
    assertThat(claim()).hasSize(1);
    host.time().advance(Duration.ofSeconds(35));
    assertThat(call("get", Map.of("id", id)).path("job").path("state").asText())
        .isEqualTo("queued");
    assertThat(claim()).hasSize(1);
  }

  @Test
  void mistakesAreToldWithWhatToDo() {
    assertThatThrownBy(() -> call("get", Map.of("id", "j0")))
        .isInstanceOf(OperationException.class)
        .hasMessageContaining("there is no job j0");
    assertThatThrownBy(
            () -> call("submit", Map.of("jobs", List.of(Map.of("kind", "a b", "payload", 1)))))
        .hasMessageContaining("jobs[0].kind")
        .hasMessageContaining("letters, digits");
    assertThatThrownBy(
            () ->
                call(
                    "put-schedule",
                    Map.of("name", "n", "kind", "k", "payload", 1, "cron", "99 * * * *")))
        .hasMessageContaining("cron")
        .hasMessageContaining("0 6 * * 1-5");
    String id = submit("x").path("id").asText();
    assertThatThrownBy(() -> call("complete", Map.of("id", id, "token", "wrong", "result", 1)))
        .isInstanceOf(OperationException.class)
        .hasMessageContaining("not held by this lease");
  }

  @Test
  void nonsenseIsRefusedInWords() {
    refused("claim", Map.of("kinds", List.of(), "worker", "w"), "name at least one");
    refused("claim", Map.of("kinds", List.of("a"), "worker", " "), "who does the work");
    refused("claim", Map.of("kinds", List.of("a"), "worker", "w", "most", 0), "1 to 1000");
    refused("claim", Map.of("kinds", List.of("a"), "worker", "w", "lease", -1), "at most a day");
    refused("submit", Map.of("jobs", List.of()), "0 jobs; expected 1 to 10000");
    refusedJob(Map.of("payload", 1), "kind");
    refusedJob(Map.of("kind", "a", "payload", 1, "delay", -5), "jobs[0].delay");
    refusedJob(Map.of("kind", "a", "payload", 1, "maxAttempts", 0), "at least 1");
    refusedJob(Map.of("kind", "a", "payload", 1, "key", ""), "an empty key");
    refusedJob(Map.of("kind", "a", "payload", 1, "after", List.of("jx")), "there is no job jx");
    refusedJob(Map.of("kind", "a", "payload", 1, "prio", 3), "prio");
    refusedJob(Map.of("kind", "a", "payload", 1, "at", "+999999999-01-01T00:00:00Z"), "ten years");
    refusedJob(Map.of("kind", "a", "payload", "x".repeat(500_000)), "jobs[0].payload");
    refused("list", Map.of("most", -5), "1 to 1000");
    refused("cancel-all", Map.of("kind", "a", "most", 5_000), "1 to 1000");
    String id = submit("x").path("id").asText();
    String token = claim().path(0).path("token").asText();
    refused("renew", Map.of("id", id, "token", token, "progress", 55), "0 to 1");
    refused(
        "complete",
        Map.of("id", id, "token", token, "result", "x".repeat(1_000_000)),
        "1,000,002 bytes; expected at most");
    assertThat(call("counts", Map.of()).path("kinds")).hasSize(1);
  }

  private void refusedJob(Map<String, Object> job, String why) {
    refused("submit", Map.of("jobs", List.of(job)), why);
  }

  private void refused(String operation, Object request, String why) {
    assertThatThrownBy(() -> call(operation, request))
        .isInstanceOf(OperationException.class)
        .hasMessageContaining(why);
  }

  /** A message on the bus holds a MiB: nobody is given more than that, and all get everything. */
  @Test
  void largeJobsAreHandedOutAndListedInPartsThatFitIntoAMessage() {
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      ids.add(
          call(
                  "submit",
                  Map.of("jobs", List.of(Map.of("kind", "large", "payload", "x".repeat(400_000)))))
              .path("jobs")
              .path(0)
              .path("id")
              .asText());
      host.time().advance(Duration.ofMillis(1));
    }
    List<String> taken = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      JsonNode leases =
          call("claim", Map.of("kinds", List.of("large"), "worker", "w", "most", 10))
              .path("leases");
      assertThat(Wire.json(leases).length).isLessThan(1_000_000);
      leases.forEach(lease -> taken.add(lease.path("job").path("id").asText()));
    }
    assertThat(taken).isEqualTo(ids);
    List<String> listed = new ArrayList<>();
    JsonNode page = call("list", Map.of("most", 10));
    while (true) {
      assertThat(Wire.json(page).length).isLessThan(1_000_000);
      page.path("jobs").forEach(job -> listed.add(job.path("id").asText()));
      if (!page.has("next")) {
        break;
      }
      page = call("list", Map.of("most", 10, "before", page.path("next").asText()));
    }
    assertThat(listed.reversed()).isEqualTo(ids);
  }

  @Test
  void moreThanOneAnswerCanNameIsNotTakenOnAtAll() {
    refused(
        "submit",
        Map.of("jobs", Collections.nCopies(9_000, Map.of("kind", "a", "payload", 1))),
        "nothing was submitted");
    assertThat(call("counts", Map.of()).path("kinds")).isEmpty();
  }

  @Test
  void allOfAKindAreCalledOffAndReplayed() {
    for (int i = 0; i < 5; i++) {
      submit("x" + i);
    }
    assertThat(call("cancel-all", Map.of("kind", "other")).path("jobs").asInt()).isZero();
    JsonNode first = call("cancel-all", Map.of("kind", "mail", "state", "queued", "most", 3));
    assertThat(first.path("jobs").asInt()).isEqualTo(3);
    assertThat(first.path("more").asBoolean()).isTrue();
    JsonNode rest = call("cancel-all", Map.of("kind", "mail"));
    assertThat(rest.path("jobs").asInt()).isEqualTo(2);
    assertThat(rest.path("more").asBoolean()).isFalse();
    assertThat(call("replay-all", Map.of("kind", "mail")).path("jobs").asInt()).isZero();
    assertThat(
            call("replay-all", Map.of("kind", "mail", "state", "cancelled")).path("jobs").asInt())
        .isEqualTo(5);
    assertThat(claim()).hasSize(2);
    assertThat(events.stream().filter("cancelled"::equals)).hasSize(5);
  }

  @Test
  void whoWatchesHearsOfThoseThatMoveWithAJob() {
    String need = submit("a").path("id").asText();
    String free = needing(need);
    String doomed = needing(free);
    String token = claim().path(0).path("token").asText();
    call("complete", Map.of("id", need, "token", token, "result", 1));
    call("cancel", Map.of("id", free));
    assertThat(events)
        .containsExactly(
            "queued", "blocked", "blocked", "running", "done", "queued", "cancelled", "cancelled");
    assertThat(call("get", Map.of("id", doomed)).path("job").path("error").asText())
        .contains("needs " + free);
  }

  private String needing(String id) {
    return call(
            "submit",
            Map.of("jobs", List.of(Map.of("kind", "mail", "payload", 1, "after", List.of(id)))))
        .path("jobs")
        .path(0)
        .path("id")
        .asText();
  }

  @Test
  void progressIsToldToThoseWhoWatch() {
    String id = submit("x").path("id").asText();
    String token = claim().path(0).path("token").asText();
    call("renew", Map.of("id", id, "token", token));
    call("renew", Map.of("id", id, "token", token, "progress", 0.5, "note", "half"));
    assertThat(events).containsExactly("queued", "running", "running");
  }

  @Test
  void overHttpJobsArePostedReadWatchedAndCalledOff() throws Exception {
    HttpClient http = HttpClient.newHttpClient();
    HttpResponse<String> posted =
        send(http, "POST", "/jobs", "{\"jobs\":[{\"kind\":\"mail\",\"payload\":1}]}");
    assertThat(posted.statusCode()).isEqualTo(201);
    String id = Wire.mapper().readTree(posted.body()).path("jobs").path(0).path("id").asText();
    assertThat(send(http, "GET", "/jobs?kind=mail&state=queued", "").body()).contains(id);
    assertThat(send(http, "GET", "/jobs?state=sleeping", "").body())
        .contains("blocked, queued, running, done, dead, cancelled");
    HttpResponse<Stream<String>> watch =
        http.send(uri("/jobs/" + id + "/events").build(), HttpResponse.BodyHandlers.ofLines());
    assertThat(send(http, "DELETE", "/jobs/" + id, "").body()).contains("cancelled");
    assertThat(watch.body().filter(line -> line.startsWith("event:")))
        .containsExactly("event: queued", "event: cancelled");
    assertThat(send(http, "POST", "/jobs/" + id + "/replay", "").body()).contains("queued");
    assertThat(send(http, "GET", "/jobs/j0", "").statusCode()).isEqualTo(404);
    assertThat(send(http, "POST", "/jobs", "{\"jobs\":7}").statusCode()).isEqualTo(400);
  }

  private HttpRequest.Builder uri(String path) {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + host.port() + path));
  }

  private HttpResponse<String> send(HttpClient http, String method, String path, String body)
      throws Exception {
    return http.send(
        uri(path).method(method, HttpRequest.BodyPublishers.ofString(body)).build(),
        HttpResponse.BodyHandlers.ofString());
  }

  @Test
  void whoWaitsHearsOfTheEnd() throws Exception {
    String id = submit("x").path("id").asText();
    String token = claim().path(0).path("token").asText();
    try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
      Future<JsonNode> end =
          threads.submit(() -> call("wait", Map.of("id", id, "patience", 4)).path("job"));
      call("complete", Map.of("id", id, "token", token, "result", "sent"));
      assertThat(end.get().path("result").asText()).isEqualTo("sent");
    }
  }

  @Test
  void aDatabaseThatIsNoneIsToldBeforeItStarts() {
    assertThatThrownBy(
            () ->
                TestHost.start(
                    AsyncProcessor.factory(), state, Map.of("database", "mysql://u:pw@h/x")))
        .hasMessageContaining("mysql://u:…@h/x is none that is known");
    assertThatThrownBy(
            () ->
                TestHost.start(
                    AsyncProcessor.factory(), state, Map.of("database", "postgresql://u:pw@h/x")))
        .hasMessageContaining("PGPASSWORD")
        .hasMessageNotContaining("pw@");
  }
}
