package dev.flotilla.assistant.jobs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.flotilla.kernel.failure.OperationException;
import dev.flotilla.kernel.testing.TestHost;
import dev.flotilla.kernel.wire.Wire;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
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
}
